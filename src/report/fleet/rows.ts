import type { Freshness } from "../../core/upgrades/freshness.ts";
import { imagesInWords } from "../../core/upgrades/freshnessInWords.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { objectAt, textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import type { Message } from "../../core/text/message.ts";
import { regionKey } from "../../core/resources/regions.ts";
import { automaticUpgradesOf, imageInWords } from "../../core/resources/scaleSet.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { knownConfiguration } from "../configurations.ts";
import type { Row } from "./contract.ts";
import { cannotTell, notChecked } from "./table.ts";

export function rowOf(record: ScaleSetRecord, snapshot: Snapshot, say: (text: Message) => string): Row {
  const { id, name, resourceGroup, subscriptionId, resource, coverage, freshness } = record;
  const row: Row = {
    id,
    name,
    resourceGroup,
    subscription: subscriptionId,
    state: coverage.state,
    why: coverage.reasons.map(say).join(" "),
    configurations: configurationsOf(record, snapshot),
    upgradesOn: automaticUpgradesOf(resource),
    region: regionKey(textAt(resource, "location") ?? ""),
    image: say(imageInWords(resource)),
    freshness: say(imagesInWords(freshness)),
    age: ageOf(freshness),
    tags: tagsOf(resource),
  };
  return coverage.managedBy === undefined ? row : { ...row, managedBy: coverage.managedBy };
}

/** Keys of the configurations for OS images that the set is associated with, each once; of those that can't be read too. */
function configurationsOf({ assignments }: ScaleSetRecord, snapshot: Snapshot): readonly IdKey[] {
  if ("unknown" in assignments) return [];
  const keys: IdKey[] = [];
  for (const assignment of assignments.known) {
    const id = configurationIdOf(assignment);
    if (id === undefined) continue;
    const key = idKey(id);
    const resource = knownConfiguration(key, snapshot)?.resource;
    if ((resource === undefined || isOsImage(resource)) && !keys.includes(key)) keys.push(key);
  }
  return keys;
}

/** An unknown number of days behind counts as less than a day. */
function ageOf(freshness: Freshness | undefined): number {
  if (freshness === undefined) return notChecked;
  if (freshness.state === "unknown") return cannotTell;
  return freshness.state === "current" ? 0 : Math.max(freshness.daysBehind ?? 0, 0.5);
}

function tagsOf(resource: JsonObject): string {
  const tags = objectAt(resource, "tags");
  let text = "";
  for (const name in tags) text += `${text === "" ? "" : "\n"}${name}:${textAt(tags, name) ?? ""}`;
  return text;
}
