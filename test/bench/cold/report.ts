// Run in a process of its own: makes the report of 10,000 scale sets and 1,000 configurations, copies of the sandbox's small fleet, leaves
// what its page is told in the folder that is named, and prints how long the making took.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { idKey } from "../../../src/core/resources/ids.ts";
import { atOnce } from "../../../src/core/slices.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import { upcomingAfter } from "../../../src/fleet/snapshot/upcoming.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "../../../src/fleet/snapshot/snapshot.ts";
import { changesBetween } from "../../../src/report/fleet/changes.ts";
import { ReportMaker } from "../../../src/report/fleet/fleetReport.ts";
import { reportPage } from "../../../src/report/fleet/page.ts";
import { textsOf } from "../../../src/report/fleet/texts.ts";
import { now, wording, zone } from "../../unit/report/fleet/support.ts";
import { sandboxFleet } from "../../unit/tree/sandboxFleet.ts";

const wanted = { scaleSets: 10_000, configurations: 1000 };
const [, , folder = "."] = process.argv;
const { store } = await sandboxFleet();
const small = store.snapshot;
const copies = Math.ceil(wanted.configurations / small.configurations.size);
const copied = (id: string, copy: number) => `${id}-${copy}`;

const configurations = [...Array(wanted.configurations).keys()].map((index): ConfigurationRecord => {
  const record = [...small.configurations.values()][index % small.configurations.size] as ConfigurationRecord;
  const copy = Math.floor(index / small.configurations.size);
  return {
    ...record,
    id: copied(record.id, copy),
    name: copied(record.name, copy),
    scaleSets: record.scaleSets.map((key) => idKey(copied(key, copy))),
  };
});
const scaleSets = [...Array(wanted.scaleSets).keys()].map((index): ScaleSetRecord => {
  const record = [...small.scaleSets.values()][index % small.scaleSets.size] as ScaleSetRecord;
  const copy = Math.floor(index / small.scaleSets.size);
  const { assignments } = record;
  if ("unknown" in assignments)
    return { ...record, id: copied(record.id, copy), name: copied(record.name, copy) };
  const known = assignments.known.map((assignment) => {
    const properties = assignment["properties"] as { readonly maintenanceConfigurationId: string };
    const id = copied(properties.maintenanceConfigurationId, copy % copies);
    return { ...assignment, properties: { ...properties, maintenanceConfigurationId: id } };
  });
  return { ...record, id: copied(record.id, copy), name: copied(record.name, copy), assignments: { known } };
});
const snapshot: Snapshot = {
  ...small,
  configurations: new Map(configurations.map((record) => [idKey(record.id), record])),
  scaleSets: new Map(scaleSets.map((record) => [idKey(record.id), record])),
};
const inputOf = (of: Snapshot) => {
  const upcoming = () => upcomingAfter(of, { now, zone });
  return { snapshot: of, viewState: "ready", upcoming, now, wording, portal: true, pairs: false } as const;
};
const input = inputOf(snapshot);

/** Milliseconds in which this thread had a processor, so that other work on the machine does not count, and what the work answered. */
function timed<T>(work: () => T): readonly [ms: number, answer: T] {
  const start = process.threadCpuUsage();
  const answer = work();
  const { user, system } = process.threadCpuUsage(start);
  return [Math.round((user + system) / 1000), answer];
}
atOnce(new ReportMaker().make(inputOf(small))); // the code is compiled, as it is after a small fleet or a moment of a large one
const maker = new ReportMaker();
const [makeMs, first] = timed(() => atOnce(maker.make(input)));
const [key, record] = [...snapshot.scaleSets][500] as [ReturnType<typeof idKey>, ScaleSetRecord];
const other: ScaleSetRecord = { ...record, coverage: { ...record.coverage, state: "idle" } };
const after = {
  ...input,
  snapshot: { ...snapshot, scaleSets: new Map([...snapshot.scaleSets, [key, other]]) },
};
const [remakeMs, changes] = timed(() => atOnce(changesBetween(first, atOnce(maker.make(after)))));

const begin = { kind: "begin", texts: textsOf(inEnglish), language: "en" };
const message = { kind: "changes", more: false };
const page = reportPage({ language: "en", nonce: "bm9uY2U=", script: "fleetReport.js", say: inEnglish });
const kilobytes = (text: string) => Math.round(text.length / 100) / 10;
const sent = {
  whole: JSON.stringify([begin, { ...message, ...atOnce(changesBetween(undefined, first)) }]),
  changes: JSON.stringify([{ ...message, ...changes }]),
};
writeFileSync(join(folder, "page.html"), page);
writeFileSync(join(folder, "whole.json"), sent.whole);
writeFileSync(join(folder, "changes.json"), sent.changes);
console.log(
  JSON.stringify({ makeMs, remakeMs, wholeKB: kilobytes(sent.whole), changesKB: kilobytes(sent.changes) }),
);
