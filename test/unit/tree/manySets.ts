import type { IdKey } from "../../../src/core/resources/ids.ts";
import type { ScaleSetRecord, Snapshot } from "../../../src/fleet/snapshot/snapshot.ts";
import * as fake from "../fleet/fakes.ts";

const store = await fake.readStore();

/** A fleet of two subscriptions with so many scale sets in the first. */
export function manySets(
  count: number,
  over: (index: number) => Partial<ScaleSetRecord> = () => ({}),
): Snapshot {
  const { snapshot } = store;
  const [web] = [...snapshot.scaleSets.values()].filter(({ name }) => name === "web");
  if (web === undefined) throw new Error("no set");
  const records = Array.from({ length: count }, (_, index): ScaleSetRecord => {
    const name = `vmss-${(index * 7919) % count}`;
    return { ...web, name, id: `${web.id}-${name}`, ...over(index) };
  });
  const scaleSets = new Map(records.map((record) => [record.id.toLowerCase() as IdKey, record]));
  return { ...snapshot, scaleSets };
}
