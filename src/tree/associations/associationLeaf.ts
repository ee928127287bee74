import { assignmentId, idKey, nameOf, sameId } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { coverageName } from "../../core/associations/coverageInWords.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { coverageIcon } from "../scaleSets/coverageLook.ts";
import { idBelow } from "../fleet/node.ts";
import type { Leaf, Place } from "../fleet/node.ts";
import { inABreath, inARow } from "../view.ts";
import type { Icon } from "../view.ts";

/** An association below its scale set: it shows the configuration and leads to it. */
export function configurationOfSet(
  parent: Place,
  set: ScaleSetRecord,
  assignment: JsonObject,
  snapshot: Snapshot,
): Leaf {
  const configuration = configurationIdOf(assignment) ?? "";
  const name = nameOf(configuration);
  const { icon, says, isShown } = configurationState(idKey(configuration), snapshot);
  const place = placeOf(parent, set, assignment);
  const own = nameOf(place.resourceId);
  // One that is not named after its configuration may stand next to one that is.
  const known = sameId(own, name) ? undefined : message("association “{0}”", own);
  const parts = [known, says].filter((part) => part !== undefined);
  return {
    kind: "association",
    ...place,
    ...(isShown && { leadsTo: idKey(configuration) }),
    view: {
      label: verbatim(name),
      ...(parts.length > 0 && { description: inARow(...parts) }),
      icon,
      tooltip: () => ({
        title: message("Associated with {0}", name),
        lines: [...parts.map((text) => ({ text })), { text: verbatim(configuration) }],
      }),
      spoken: message("Association with maintenance configuration {0}, {1}", name, inABreath(...parts)),
      contextValue: "association",
      children: "none",
    },
  };
}

/** An association below its configuration: it shows the scale set and leads to it. */
export function setOfConfiguration(
  parent: Place,
  configuration: ConfigurationRecord,
  set: ScaleSetRecord,
  snapshot: Snapshot,
): readonly Leaf[] {
  if ("unknown" in set.assignments) return [];
  const elsewhere = set.subscriptionId !== configuration.subscriptionId;
  const subscription =
    snapshot.subscriptions.get(set.subscriptionId)?.subscription.displayName ?? set.subscriptionId;
  const state = coverageName(set.coverage);
  const [reason] = set.coverage.reasons;
  return set.assignments.known
    .filter((assignment) => idKey(configurationIdOf(assignment) ?? "") === idKey(configuration.id))
    .map((assignment) => ({
      kind: "association",
      ...placeOf(parent, set, assignment),
      leadsTo: idKey(set.id),
      view: {
        label: verbatim(set.name),
        description: inARow(state, elsewhere ? verbatim(subscription) : undefined),
        icon: coverageIcon(set.coverage),
        tooltip: () => ({
          title: verbatim(set.name),
          lines: [{ name: state, text: reason ?? verbatim("") }, { text: verbatim(set.id) }],
        }),
        spoken: message("Associated scale set {0} in {1}, {2}", set.name, subscription, state),
        contextValue: "association",
        children: "none",
      },
    }));
}

function placeOf(parent: Place, set: ScaleSetRecord, assignment: JsonObject) {
  const name = textAt(assignment, "name") ?? nameOf(textAt(assignment, "id") ?? "");
  return {
    id: idBelow(parent, `association/${idKey(set.id)}/${name.toLowerCase()}`),
    parent,
    subscriptionId: set.subscriptionId,
    resourceId: assignmentId(set.id, name),
  };
}

/** How a configuration that an assignment names stands. */
export function configurationState(
  key: IdKey,
  snapshot: Snapshot,
): { icon: Icon; says: Message | undefined; isShown: boolean } {
  const calendar: Icon = { id: "calendar" };
  const listed = snapshot.configurations.get(key);
  if (listed !== undefined) return { icon: calendar, says: listed.schedule?.words, isShown: true };
  const referenced = snapshot.referenced.get(key);
  switch (referenced?.state) {
    case "found":
      return { icon: calendar, says: referenced.schedule?.words, isShown: false };
    case "missing":
      return {
        icon: { id: "error", color: "list.errorForeground" },
        says: message("no longer exists"),
        isShown: false,
      };
    case "unknown":
      return {
        icon: { id: "question", color: "descriptionForeground" },
        says: referenced.problem.summary,
        isShown: false,
      };
    case undefined:
      return {
        icon: { id: "question", color: "descriptionForeground" },
        says: message("not checked yet"),
        isShown: false,
      };
  }
}
