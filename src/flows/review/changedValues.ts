import { at, isObject, objectAt, type Json, type JsonObject } from "../../core/resources/json.ts";
import { joined, verbatim, type Message } from "../../core/text/message.ts";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { valueChange, valueInWords } from "../configurations/editRows.ts";

/** What a change of a scale set's model makes of each value, a line each: `version: 22.04.202509030 → latest`. None where the title says all. */
export function changedValues(change: Change): readonly Message[] {
  const { before, after = {} } = change;
  switch (kindOf(change).showsValues) {
    case "leaves":
      return leavesOf(after)
        .map(({ path, value }) => ({ name: path.at(-1) ?? "", was: at(before, ...path), value }))
        .filter(({ name, was, value }) => was !== value && name !== "enableAutomaticOSUpgrade")
        .map(({ name, was, value }) => valueChange(verbatim(name), was, value));
    case "settings": {
      const settings = Object.entries(objectAt(after, "properties", "settings") ?? {});
      return [
        joined(
          ", ",
          settings.map(([name, value]) => joined(": ", [verbatim(name), valueInWords(value)])),
        ),
      ];
    }
    default:
      return [];
  }
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: Json | undefined;
}

function leavesOf(object: JsonObject, above: readonly string[] = []): readonly Leaf[] {
  return Object.entries(object).flatMap(([name, value]): readonly Leaf[] => {
    const path = [...above, name];
    // Null takes a member away.
    return isObject(value) ? leavesOf(value, path) : [{ path, value: value ?? undefined }];
  });
}
