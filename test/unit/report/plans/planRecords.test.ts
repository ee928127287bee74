import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change, ChangeResult, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { message, verbatim } from "../../../../src/core/text/message.ts";
import { csvOf } from "../../../../src/export/csv.ts";
import {
  planColumns,
  planJson,
  planMarkdown,
  planRecords,
  planTable,
} from "../../../../src/report/plans/planRecords.ts";
import type { ExportedPlan } from "../../../../src/report/plans/planRecords.ts";
import { exportedOf, describedChange } from "../../../support/planText.ts";
import * as fake from "../../fleet/fakes.ts";
import { problem, web } from "../../fleet/fakes.ts";
import { fleetOf } from "./support.ts";

const plan: Plan = { title: message("Plan"), changes: [], leftOut: [], warnings: [] };
const change = (id: string): Change => ({
  id,
  kind: "associate",
  target: `${web.id}/providers/Microsoft.Maintenance/configurationAssignments/${id}`,
  title: message("Associate {0}", id),
  needs: [],
});
const results: readonly ChangeResult[] = [
  { change: change("a"), outcome: { status: "done" } },
  { change: change("b|*"), outcome: { status: "failed", problem: problem() } },
  { change: change("c"), outcome: { status: "skipped", because: "b|*" } },
];
const recordsOf = (those: readonly ChangeResult[]) => [...planRecords(exportedOf(plan, those))];
const text = (parts: Iterable<string>) => [...parts].join("");

test("a record for each change says of which set it is, how it ended and why", () => {
  const records = recordsOf(results);
  assert.deepEqual(
    records.map(({ resource, outcome, code, requestId }) => [resource, outcome, code, requestId]),
    [
      ["web", "done", "", ""],
      ["web", "failed", "AuthorizationFailed", "r-1"],
      ["web", "skipped", "", ""],
    ],
  );
  assert.match(records[1]?.reason ?? "", /Azure denied access/);
  assert.match(records[2]?.reason ?? "", /Needs this change first: Associate b\|\*/);
});

test("the table in Markdown has a row for each change, with text escaped", () => {
  const leftOut = [{ target: web.id, reason: verbatim("<b>managed</b> \r\n\n\tby  others") }];
  const document = text(planMarkdown(exportedOf({ ...plan, leftOut }, results)));
  assert.match(document, /^# Plan\n\n1 of 3 changes done, 1 failed, 1 not sent\n\n- \*\*Confirmed\*\*: /);
  assert.match(
    document,
    /\| Associate b\\\|\\\* \| {2}\| Failed \| {2}\| {2}\| Azure denied access\. .*no \\<b\\>way\\<\/b\\>/,
  );
  assert.match(document, /## Not changed\n\n- web: \\<b\\>managed\\<\/b\\> by others\n/);
});

test("a record of what is not confirmed, or someone else's, has Azure's code and the reason too", () => {
  const outcomes: readonly Outcome[] = [
    { status: "notConfirmed", problem: problem() },
    { status: "changedBySomeoneElse", problem: problem(), wasSent: true },
  ];
  const records = recordsOf(outcomes.map((outcome) => ({ change: change("a"), outcome })));
  assert.deepEqual(
    records.map(({ outcome, code, requestId }) => [outcome, code, requestId]),
    [
      ["notConfirmed", "AuthorizationFailed", "r-1"],
      ["changedBySomeoneElse", "AuthorizationFailed", "r-1"],
    ],
  );
  for (const { reason } of records) assert.match(reason, /Azure denied access/);
});

const weekly = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations";
const [sentAt, knownAt] = ["2026-11-23T05:00:01Z", "2026-11-23T05:00:04Z"].map((at) => Date.parse(at));
const moved: Change = {
  ...change("a"),
  before: { properties: { maintenanceConfigurationId: `${weekly}/mc-old` } },
  after: { location: "x", properties: { maintenanceConfigurationId: `${weekly}/=mc-new` } },
};
const tenantId = "11111111-0000-0000-0000-000000000000";
const audited: Partial<ExportedPlan["plan"]> = {
  changes: [
    describedChange({
      change: moved,
      outcome: { status: "done" } as const,
      ...(sentAt && { sentAt }),
      ...(knownAt && { knownAt }),
    }),
  ],
  ...(sentAt && { firstSentAt: sentAt }),
  ...(knownAt && { endedAt: knownAt }),
  access: [{ subscriptionId: "AAAA", tenantId, tenant: "Contoso", account: { label: "megan@contoso.com" } }],
  cloud: "AzureUSGovernment",
};

test("an auditor finds times with their offset, tenant, account, before and after in each format", () => {
  const exported = exportedOf(plan, [], audited);
  const [head = [], cells = []] = [...planTable(exported)];
  const row = Object.fromEntries(head.map((name, index) => [name, cells[index]]));
  assert.deepEqual(head, planColumns);
  assert.deepEqual(
    {
      ...{ sent: row["sent"], ended: row["ended"], before: row["before"], after: row["after"] },
      ...{ tenantId: row["tenantId"], account: row["account"] },
      ...{ outcome: row["outcome"], outcomeLabel: row["outcomeLabel"] },
    },
    {
      sent: "2026-11-23T06:00:01+01:00",
      ended: "2026-11-23T06:00:04+01:00",
      before: "Configuration: mc-old",
      after: "Configuration: =mc-new",
      tenantId,
      account: "megan@contoso.com",
      outcome: "done",
      outcomeLabel: "Done",
    },
  );
  const json = JSON.parse(text(planJson(exported))) as Record<string, unknown>;
  assert.deepEqual(
    [json["at"], json["firstSent"], json["ended"], json["timeZone"], json["cloud"]],
    [
      "2026-11-23T06:00:00+01:00",
      "2026-11-23T06:00:01+01:00",
      "2026-11-23T06:00:04+01:00",
      "Europe/Berlin",
      "AzureUSGovernment",
    ],
  );
  assert.deepEqual(json["access"], [
    { subscriptionId: "AAAA", tenantId, tenant: "Contoso", account: "megan@contoso.com" },
  ]);
  // Ids of states, without labels, and the values as Azure has them.
  const { before, after } = moved;
  assert.deepEqual(
    json["changes"],
    [...planRecords(exported)].map((record) => ({ ...record, before, after })),
  );
  const markdown = text(planMarkdown(exported));
  assert.match(markdown, /- \*\*Ended\*\*: 2026-11-23T06:00:04\+01:00 \(Europe\/Berlin\)/);
  assert.match(markdown, /- \*\*Account\*\*: megan\\@contoso\.com\n- \*\*Tenant\*\*: Contoso \(1{8}-/);
  assert.match(markdown, /\| Configuration: mc-old → =mc-new \| Done \|/);
});

test("an account that no one is signed in to is told as such, and no cell becomes a formula", () => {
  const [known] = audited.access ?? [];
  assert.ok(known);
  const away = exportedOf({ ...plan, title: verbatim("=1+1") }, [], {
    ...audited,
    access: [{ ...known, account: "notSignedIn" }],
  });
  assert.equal([...planRecords(away)][0]?.account, "Account not signed in");
  const formula = { ...moved, title: verbatim("@SUM(A1)") };
  const table = csvOf([...planTable(exportedOf(plan, [{ change: formula, outcome: { status: "done" } }]))]);
  assert.match(table, /"'@SUM\(A1\)"/);
});

test("what acts at once says whether it was sent inside a window; windows don't bind other changes", () => {
  const start: Change = { ...change("s"), kind: "startUpgrade", target: web.id };
  const sent = (one: Change, outcome: Outcome = { status: "done" }) => ({
    change: one,
    outcome,
    ...(sentAt && { sentAt }),
  });
  const changes = [sent(start), sent(moved), { change: start, outcome: { status: "notStarted" } as const }];
  const windowsWith = (duration: string) =>
    [
      ...planRecords({
        ...exportedOf(plan, [], { changes: changes.map(describedChange) }),
        snapshot: fleetWith(duration),
      }),
    ].map((record) => [record.inWindow, record.configuration, record.windowTimeZone]);
  // It opens at 02:00 UTC, and the start was sent at 05:00.
  const none = ["", "", ""];
  assert.deepEqual(windowsWith("05:00"), [["inside", "mc-nightly", "W. Europe Standard Time"], none, none]);
  assert.deepEqual(windowsWith("02:00"), [["outside", "mc-nightly", "W. Europe Standard Time"], none, none]);
});

function fleetWith(duration: string): ExportedPlan["snapshot"] {
  const window = {
    startDateTime: "2026-11-01 03:00",
    duration,
    timeZone: "W. Europe Standard Time",
    recurEvery: "Day",
  };
  return fleetOf([web.id, [fake.configuration("aaaa", "mc-nightly", window)]]);
}
