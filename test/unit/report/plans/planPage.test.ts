import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Change, ChangeResult, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { message } from "../../../../src/core/text/message.ts";
import type { DescribedPlan } from "../../../../src/report/plans/describedPlan.ts";
import { linesOf, planMarkup, planText, describedChange, describedOf } from "../../../support/planText.ts";
import * as fake from "../../fleet/fakes.ts";
import { web } from "../../fleet/fakes.ts";
import { linksOf } from "../support.ts";
import { fleetOf } from "./support.ts";

const change = (id: string, more: Partial<Change> = {}): Change => ({
  id,
  kind: "associate",
  target: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/${id}`,
  title: message("Associate {0}", id),
  needs: [],
  ...more,
});
const result = (id: string, outcome: Outcome): ChangeResult => ({ change: change(id), outcome });
const done = result("web", { status: "done" });
const failed = result("api", {
  status: "failed",
  problem: {
    kind: "forbidden",
    summary: message("You may not change {0}.", "api"),
    wayOut: message("Ask for the role {0}.", "Contributor"),
    code: "AuthorizationFailed",
    status: 403,
    requestId: "r-1",
    detail: "The <b>client</b> may not",
  },
});
const skipped = result("db", { status: "skipped", because: "api" });
const notStarted = result("job", { status: "notStarted" });
const plan: Plan = {
  title: message("Associate scale sets"),
  changes: [],
  leftOut: [{ target: web.id, reason: message("It is associated already.") }],
  warnings: [],
};
const textWith = (over: Partial<DescribedPlan>) => linesOf(planMarkup(describedOf(plan, [done], over)));

const codeCommands = ["exportPlanCode", "copyAsPowerShell", "copyAsAzureCli"];

/** Links but those that hand the plan over as code, which every page has. */
const otherLinks = (markup: string) =>
  linksOf(markup).filter(({ command }) => !codeCommands.some((name) => command.endsWith(`.${name}`)));

describe("the changes", () => {
  test("are told in groups, problems first, each with everything that Azure said", () => {
    const text = planText(plan, [done, notStarted, skipped, failed]);
    const parts = [
      "Associate scale sets\n1 of 4 changes done, 1 failed, 2 not sent\n",
      "✕ Failed · Associate with a configuration · AuthorizationFailed · 1\nAssociate api\napi · rg · s\n" +
        "You may not change api.\nAsk for the role Contributor.\nAzure answered: 403 AuthorizationFailed\n" +
        "The <b>client</b> may not\nRequest ID: r-1\n",
      "– Skipped · Associate with a configuration · 1\nAssociate db\ndb · rg · s\n" +
        "Needs this change first: Associate api\n",
      "– Not sent · Associate with a configuration · 1\nAssociate job\njob · rg · s\n" +
        "Not sent: you cancelled.\n",
      "✓ Done · Associate with a configuration · 1\nAssociate web\nweb · rg · s\n",
      "Not changed · 1\nweb: It is associated already.\n",
    ];
    let from = 0;
    for (const part of parts) {
      const at = text.indexOf(part, from);
      assert.ok(at >= 0, `${part}\n--- is not after ${from} in ---\n${text}`);
      from = at + part.length;
    }
    assert.doesNotMatch(planMarkup(describedOf(plan, [failed])), /<b>/);
  });

  test("of an interrupted plan are told apart by whether they were sent", () => {
    const changes = [
      describedChange({ change: change("web") }),
      describedChange({ change: change("api"), sentAt: 1 }),
    ];
    const text = textWith({ changes, state: "interrupted" });
    assert.match(
      text,
      /… Sent, result unknown · .* · 1\nAssociate api\n(?:.*\n)*– Not sent yet · .* · 1\nAssociate web\n/,
    );
  });

  test("show each value before and after, of a PATCH only what it sets", () => {
    const patched = change("web", {
      kind: "setUpgradePolicy",
      before: {
        properties: {
          upgradePolicy: {
            automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: false, disableAutomaticRollback: true },
          },
        },
      },
      after: {
        properties: {
          upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, maxSurge: null } },
        },
      },
    });
    const [nightly, weekly] = ["mc-nightly", "mc-weekly"].map((name) => ({
      properties: {
        maintenanceConfigurationId: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations/${name}`,
      },
    }));
    const window = (duration: string, tags: Record<string, string>) => ({
      tags,
      properties: { maintenanceWindow: { duration, timeZone: "UTC" } },
    });
    const changes = [
      patched,
      change("a", { ...(nightly && { before: nightly }), ...(weekly && { after: weekly }) }),
      change("b", { ...(weekly && { after: weekly }) }),
      change("c", { kind: "dissociate", ...(nightly && { before: nightly }) }),
      change("d", {
        kind: "updateConfiguration",
        before: window("05:00", { owner: "ops" }),
        after: window("06:00", {}),
      }),
      change("e", { kind: "startUpgrade" }),
    ];
    const text = planText(
      plan,
      changes.map((one) => ({ change: one, outcome: { status: "done" } })),
    );
    for (const line of [
      "Automatic OS upgrades\noff → on",
      "Configuration\nmc-nightly → mc-weekly",
      "Configuration\nnone → mc-weekly",
      "Configuration\nmc-nightly → none",
      "Duration\n05:00 → 06:00",
      "Tag owner\nops → not set",
      "Can't be undone: Upgraded instances can't go back to the earlier image.",
    ])
      assert.ok(text.includes(line), `${line}\n--- is not in ---\n${text}`);
    assert.doesNotMatch(text, /rollback|Time zone\n/i);
  });

  test("that met another one are told with what differs, and lead to both values side by side", () => {
    const conflict = result("api", {
      status: "changedBySomeoneElse",
      wasSent: false,
      problem: {
        kind: "conflict",
        summary: message("It was changed."),
        compare: { before: { tags: { owner: "ops" } }, now: { tags: {} } },
      },
    });
    const markup = planMarkup(describedOf(plan, [conflict]));
    assert.match(linesOf(markup), /Changed since your review:\n- tags\.owner: "ops" → nothing\nShow Both/);
    assert.deepEqual(otherLinks(markup), [
      {
        command: "scaleSetMaintenance.showPlanResults",
        args: [{ kind: "appliedPlan", planId: "1-a", changeId: "api" }],
      },
    ]);
  });

  test("are folded where there are many, and of more than 500 alike the first are shown", () => {
    const many = Array.from({ length: 1000 }, (_, index) => result(`set-${index}`, { status: "done" }));
    const markup = planMarkup(describedOf(plan, [failed, ...many]));
    const opened = [...markup.matchAll(/<details( open)?>\s*<summary>([\s\S]*?)<\/summary>/g)].map(
      ([, open, head = ""]) => [open !== undefined, linesOf(head).replaceAll("\n", "")],
    );
    assert.deepEqual(opened, [
      [true, "✕ Failed · Associate with a configuration · AuthorizationFailed · 1"],
      [false, "✓ Done · Associate with a configuration · 1,000"],
      [true, "Not changed · 1"],
      [false, "Next windows · 1,001"],
    ]);
    assert.match(
      linesOf(markup),
      /Associate set-499\n(?:.*\n)*Showing the first 500 of 1000\. Export to see all\./,
    );
    assert.doesNotMatch(markup, /Associate set-500/);
    assert.ok(markup.length < 1_000_000, `${markup.length}`);
  });
});

describe("the plan as a whole", () => {
  const [confirmedAt, firstSentAt, endedAt] = ["05:00:00", "05:00:01", "05:10:00"].map((time) =>
    Date.parse(`2026-11-23T${time}Z`),
  );

  test("says when it was confirmed, begun and ended, to the second and with the zone", () => {
    const markup = planMarkup(
      describedOf(plan, [done], {
        ...(confirmedAt && { confirmedAt }),
        ...(firstSentAt && { firstSentAt }),
        ...(endedAt && { endedAt }),
      }),
    );
    assert.match(
      linesOf(markup),
      /Confirmed\nMon, Nov 23, 2026, 06:00:00 \(Europe\/Berlin\)\nFirst change sent\nMon, Nov 23, 2026, 06:00:01 \(Europe\/Berlin\)\nEnded\nMon, Nov 23, 2026, 06:10:00 \(Europe\/Berlin\)/,
    );
    assert.match(markup, /<time datetime="2026-11-23T06:10:00\+01:00">/);
    assert.match(textWith({ state: "interrupted" }), /Ended\nNot yet/);
  });

  test("says through which account and tenant, and the cloud where it is not the public one", () => {
    const access = {
      subscriptionId: "s",
      tenantId: "t1",
      tenant: "Contoso",
      account: { label: "megan@contoso.com" },
    };
    const text = textWith({
      access: [access, { ...access, subscriptionId: "s2" }],
      cloud: "AzureUSGovernment",
    });
    assert.match(text, /Account\nmegan@contoso\.com\nTenant\nContoso \(t1\)\nCloud\nAzureUSGovernment/);
    assert.match(
      textWith({ access: [{ ...access, account: "notSignedIn" }] }),
      /Account\nAccount not signed in/,
    );
    assert.match(textWith({ access: [] }), /Account\nNot recorded\nTenant\nNot recorded/);
    const sandbox = textWith({ origin: "sandbox", access: [] });
    assert.match(sandbox, /Sandbox/);
    assert.doesNotMatch(sandbox, /Account|Tenant/);
  });

  test("leads to the plans that it undoes or retries, and to the one that undoes it", () => {
    const link = (id: string) => ({ id, title: message("Plan {0}", id) });
    const markup = planMarkup(describedOf(plan, [done], { undoes: link("1"), undoneBy: link("3") }));
    assert.match(linesOf(markup), /Undoes\nPlan 1\nUndone by\nPlan 3/);
    assert.deepEqual(
      otherLinks(markup).map(({ args }) => args),
      [[{ kind: "appliedPlan", planId: "1" }], [{ kind: "appliedPlan", planId: "3" }]],
    );
  });

  test("offers its steps as buttons, of which undoing is never the one to take", () => {
    const step = (command: "undoPlan" | "retryFailed") => ({
      command,
      label: message("Step"),
      targets: [{ kind: "appliedPlan", planId: "1-a" }],
    });
    const first = (...steps: ReturnType<typeof step>[]) =>
      /class="action first"/.test(planMarkup(describedOf(plan, [done]), { steps }));
    assert.equal(first(step("retryFailed"), step("undoPlan")), true);
    assert.equal(first(step("undoPlan")), false);
    const markup = planMarkup(describedOf(plan, [done]), { steps: [step("undoPlan")] });
    const args = [{ kind: "appliedPlan", planId: "1-a" }];
    assert.deepEqual(
      linksOf(markup),
      ["undoPlan", ...codeCommands].map((name) => ({ command: `scaleSetMaintenance.${name}`, args })),
    );
  });

  test("has the next window of each scale set in both zones, or says why there is none", () => {
    const window = {
      startDateTime: "2026-11-01 22:00",
      duration: "05:00",
      timeZone: "Pacific Standard Time",
      recurEvery: "Day",
    };
    const nightly = fake.configuration("s", "mc-nightly", window);
    const expired = fake.configuration("s", "mc-old", {
      ...window,
      expirationDateTime: "2026-11-10 00:00",
    });
    const snapshot = fleetOf(
      [change("web").target, [nightly]],
      [change("api").target, [expired]],
      [change("db").target, []],
    );
    const results = ["web", "api", "db", "gone"].map((id) => result(id, { status: "done" }));
    const text = linesOf(planMarkup(describedOf(plan, results), { snapshot }));
    assert.match(
      text,
      /Scale set \|\s*Configuration \|\s*Your time zone \(Europe\/Berlin\) \|\s*The configuration's time zone \|/,
    );
    for (const row of [
      /web \|\s*mc-nightly \|\s*Mon, Nov 23, 07:00 – 12:00 \|\s*Sun, Nov 22, 22:00.* \(Pacific Standard Time\) \|/,
      /api \|\s*mc-old \|\s*No known windows \|/,
      /db \|\s*– \|\s*No maintenance configuration \|/,
      /gone \|\s*– \|\s*The scale set isn't loaded \|/,
    ])
      assert.match(text, row);
  });
});
