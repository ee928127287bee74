import { at, objectAt } from "../../core/resources/json.ts";
import { leavesOf } from "../../core/resources/leaves.ts";
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
