import assert from "node:assert/strict";
import { before, test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import type { Sliced } from "../../../../src/core/slices.ts";
import type { Message } from "../../../../src/core/text/message.ts";
import { isoInZone } from "../../../../src/core/text/zonedTime.ts";
import { csvOf } from "../../../../src/export/csv.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import type { View } from "../../../../src/report/fleet/contract.ts";
import {
  exportedColumns,
  exportedOf,
  reportJson,
  reportTable,
} from "../../../../src/report/fleet/exported.ts";
import type { Exported, ExportedSet } from "../../../../src/report/fleet/exported.ts";
import { reportMarkdown } from "../../../../src/report/fleet/exportMarkdown.ts";
import { ReportMaker } from "../../../../src/report/fleet/fleetReport.ts";
import { wholeView } from "../../../../src/report/fleet/table.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { changed, hostileNames, inputOf, now, zone } from "./support.ts";

let snapshot: Snapshot;
before(async () => {
  snapshot = (await sandboxFleet()).store.snapshot;
});

function exported(over: Partial<View> = {}, of: Snapshot = snapshot): Exported {
  return atOnce(exportedOf(inputOf(of), { ...wholeView, ...over }));
}

interface Document {
  readonly version: number;
  readonly filter: object | null;
  readonly totals: { readonly own: number; readonly states: Record<string, number> };
  readonly scaleSets: readonly ExportedSet[];
}
const markdownOf = (of: Exported) => [...reportMarkdown(of)].join("");
const parsed = (of: Exported) => JSON.parse([...reportJson(of)].join("")) as Document;

test("the JSON names its kind and version, and tells every set with every member", () => {
  const document = parsed(exported());
  assert.deepEqual(
    { ...document, totals: 0, images: 0, needs: 0, scaleSets: 0 },
    {
      kind: "scaleSetMaintenance.fleetReport",
      version: 1,
      madeAt: isoInZone(now, zone),
      timeZone: zone,
      origin: "sandbox",
      isComplete: true,
      filter: null,
      totals: 0,
      images: 0,
      needs: 0,
      scaleSets: 0,
    },
  );
  assert.equal(document.scaleSets.length, snapshot.scaleSets.size);
  for (const set of document.scaleSets) assert.deepEqual(Object.keys(set), [...exportedColumns]);
  const web = document.scaleSets.find(({ scaleSet }) => scaleSet === "vmss-web-prod");
  assert.equal(web?.state, "controlled");
  assert.deepEqual(web?.configurations, ["mc-prod-nightly"]);
  assert.match(web?.nextWindow ?? "", /^2026-11-2\dT/);
  assert.equal(web?.automaticOsUpgrades, true);
  assert.equal(web?.daysBehind, null);
});

test("an auditor finds the window with its offset and zone, the tenant and the account, and states by id and label", () => {
  const account = { id: "m", label: "megan@contoso.com" };
  const subscriptions = new Map(
    [...snapshot.subscriptions].map(([key, record]) => {
      const { subscription } = record;
      const through = { ...subscription.through, account };
      return [key, { ...record, subscription: { ...subscription, through } }] as const;
    }),
  );
  const azure = { ...snapshot, origin: "azure", subscriptions } as const;
  const real = exported({ text: "vmss-web-prod" }, azure);
  const [web] = parsed(real).scaleSets;
  assert.match(web?.nextWindow ?? "", /^2026-11-2\dT\d\d:00:00[+-]\d\d:\d\d$/);
  const hours = (Date.parse(web?.nextWindowEnd ?? "") - Date.parse(web?.nextWindow ?? "")) / 3_600_000;
  assert.ok(hours >= 5, `${hours}`);
  assert.match(web?.nextWindowTimeZone ?? "", /Standard Time$/);
  assert.match(web?.tenantId ?? "", /^[\da-f-]{36}$/);
  assert.equal(web?.account, "megan@contoso.com");
  assert.ok(web && !("stateLabel" in web));
  const [head = [], row = []] = [...reportTable(real)];
  const cell = (name: string) => row[head.findIndex((one) => one === name)];
  assert.deepEqual([cell("state"), cell("stateLabel")], ["controlled", "Scheduled"]);
  const managed = exported({ text: "aks-" });
  const [, aks = []] = [...reportTable(managed)];
  assert.equal(aks[head.findIndex((one) => one === "stateLabel")], "Managed by AKS");
  const markdown = markdownOf(real);
  assert.match(markdownOf(managed), /\| Managed by AKS \|/);
  assert.match(markdown, /^- \*\*Tenant\*\*: .* \([\da-f-]{36}\)/m);
  assert.match(markdown, /^- \*\*Time zone\*\*: Europe\/Berlin$/m);
  assert.match(markdown, /^- \*\*Last refreshed\*\*: 2026-11-2\dT[\d:]{8}\+01:00$/m);
  assert.match(markdown, /^- \*\*Created\*\*: 2026-11-23T07:00:00\+01:00$/m);
  assert.match(markdown, /^\| Scale set \| State \| Why \|.*\| Resource group \| Image \|$/m);
  assert.match(markdown, /\| Scheduled \|.*2026-11-2\dT[\d:]{8}[+-]\d\d:\d\d \(.* Standard Time\) \|/);
});

test("the JSON is set out as one document, also without any set", () => {
  for (const one of [exported(), exported({ text: "no such set" })]) {
    const text = [...reportJson(one)].join("");
    assert.equal(text, `${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
  }
});

test("what a view shows is exported in its order, with the counts of the whole fleet", () => {
  const view = { state: "blocked", sort: [{ column: "name", descending: true }] } as const;
  const document = parsed(exported(view));
  const names = document.scaleSets.map(({ scaleSet }) => scaleSet);
  assert.deepEqual(names, names.toSorted().toReversed());
  assert.equal(names.length, document.totals.states["blocked"]);
  assert.ok(document.totals.own > names.length);
  assert.deepEqual(document.filter, {
    text: "",
    state: "blocked",
    subscription: "",
    configuration: "",
    region: "",
    freshness: "",
  });
});

test("a table has a row for each set below its headings, and no cell that is taken for a formula", () => {
  let index = 0;
  const hostile = changed(snapshot, () => ({ name: hostileNames[index++ % hostileNames.length] ?? "" }));
  const rows = [...reportTable(exported({}, hostile))];
  const [head = []] = rows;
  assert.deepEqual([...head.slice(0, 3), head.at(-1)], ["scaleSet", "stateLabel", "reasons", "image"]);
  assert.deepEqual(new Set(head), new Set([...exportedColumns, "stateLabel"]));
  assert.equal(head.length, exportedColumns.length + 1);
  assert.equal(rows.length, hostile.scaleSets.size + 1);
  assert.ok(rows.every((row) => row.length === exportedColumns.length + 1));
  const csv = csvOf(rows);
  assert.doesNotMatch(csv, /(^|,)"?[=+@-]/m);
  assert.match(csv, /"'=HYPERLINK\(""https:/);
});

test("Markdown shows what came from Azure as text in one row of the table", () => {
  let index = 0;
  const hostile = changed(snapshot, ({ coverage }) => ({
    name: hostileNames[index++ % hostileNames.length] ?? "",
    ...(coverage.managedBy && { coverage: { ...coverage, managedBy: hostileNames.join(" ") } }),
  }));
  const markdown = markdownOf(exported({}, hostile));
  const table = markdown.split("\n").filter((line) => line.startsWith("|"));
  assert.equal(table.length, hostile.scaleSets.size + 2);
  for (const line of table) {
    // Bars that do not stand after a backslash divide cells.
    assert.equal(line.match(/(?<!\\)\|/g)?.length, 11, line);
  }
  // Code spans and what stands after a backslash apart, nothing is left that Markdown would read.
  const bare = markdown.replaceAll(/(`+)(?:(?!\1)[\s\S])+?\1(?!`)/g, "");
  assert.doesNotMatch(bare, /(?<!\\)(<script|<img|\]\(command:)/);
});

test("Markdown names the sandbox, what was not read to the end, and the filter", () => {
  assert.match(markdownOf(exported()), /\*Sandbox: sample data\*/);
  const partly = markdownOf(exported({ text: "web" }, { ...snapshot, loading: true }));
  assert.match(partly, /isn't fully loaded/);
  assert.match(partly, /\d of 24 scale sets/);
  assert.doesNotMatch(markdownOf(exported()), /isn't fully loaded|of 24 scale sets/);
});

test("of a large fleet no more than some hundred words are put together before others have their turn", () => {
  const copies = [...snapshot.scaleSets.values()].flatMap((record) =>
    [...Array(50).keys()].map((copy) => ({ ...record, id: `${record.id}-${copy}` })),
  );
  const large = { ...snapshot, scaleSets: new Map(copies.map((record) => [idKey(record.id), record])) };
  const longest = (work: (input: ReturnType<typeof inputOf>) => Sliced<unknown>) => {
    let [said, most] = [0, 0];
    const input = inputOf(large);
    const say = (text: Message) => {
      said += 1;
      return input.wording.say(text);
    };
    const pieces = work({ ...input, wording: { ...input.wording, say } });
    for (let isDone = false; !isDone; most = Math.max(most, said)) {
      said = 0;
      isDone = pieces.next().done === true;
    }
    return most;
  };
  assert.ok(longest((input) => exportedOf(input, wholeView)) <= 300);
  assert.ok(longest((input) => new ReportMaker().make(input)) <= 300);
});
