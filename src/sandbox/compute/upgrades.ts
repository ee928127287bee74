import { dayMs } from "../clock.ts";
import type { Call } from "../http/call.ts";
import { refuse } from "../http/errors.ts";
import { list, ok, type Reply } from "../http/http.ts";
import { at, type JsonObject, listAt, textAt } from "../json.ts";
import type { Operation } from "../operation.ts";
import { accepted, startOperation } from "../resources/operations.ts";
import { ours } from "../http/ours.ts";
import {
  bodyOf,
  changeInstances,
  instancesOf,
  targetVersion,
  unprotectedIds,
  withLatestModel,
} from "./instances.ts";
import {
  capacityOf,
  hasBothSources,
  hasHealthSource,
  imageReferenceOf,
  isFlexible,
  profileOf,
  same,
} from "./model.ts";
import { galleryIdOf, platformImageOf } from "./newestImage.ts";
import { progress } from "./batches.ts";
import { approve, beginUpgrade, cancelUpgrade, runningUpgrade } from "./rollingUpgrade.ts";
import { scaleSetOf } from "./scaleSets.ts";
import { machineName } from "./virtualMachines.ts";
import { historyBody, latestBody } from "./upgrade.ts";

const nothing = (): void => {};
/** What the operation's own address answers in the end: an action has nothing to show. */
const done = (): Reply => ({ status: 200 });

const notAllowed = (message: string) => refuse(409, "OperationNotAllowed", message);

const locationOf = (set: JsonObject): string => textAt(set, "location") ?? "";

/** Accepts an action that is over after a while. */
const acceptAction = (call: Call, set: JsonObject, finish: Operation["finish"]): Reply =>
  accepted(call, startOperation(call, done, finish), locationOf(set));

/** What Azure refuses to upgrade. Code and status were recorded with the second of the texts. */
function checkUpgradable(call: Call, key: string, set: JsonObject): void {
  const name = textAt(set, "name") ?? "";
  const image = imageReferenceOf(profileOf(set));
  const id = galleryIdOf(image);
  if (id === undefined ? platformImageOf(image) === undefined : !/galleries\//i.test(id)) {
    // Azure/azure-cli #6640
    throw notAllowed(
      "The OS Rolling Upgrade API cannot be used on a VM Scale Set unless the VM Scale Set is using a Platform Image select the OS by setting imageReference.",
    );
  }
  const pinned =
    id === undefined ? !same(textAt(image, "version"), "latest") : /\/versions\/(?!latest)/i.test(id);
  const isOutOfReach = capacityOf(set) > 0 && unprotectedIds(call.state, key).length === 0;
  if (pinned || isOutOfReach) {
    // hashicorp/terraform-provider-azurerm #12590 has words, code and status; Azure/azure-cli #9164 the instances that it speaks of.
    throw notAllowed(
      "The OS Rolling Upgrade API cannot be used on a Virtual Machine Scale Set unless the Virtual Machine Scale Set has some unprotected instances which have imageReference.version set to latest.",
    );
  }
  if (!hasHealthSource(set) || hasBothSources(profileOf(set))) {
    // MicrosoftDocs/azure-docs #6134 has the words; that it was the health source is ours.
    throw notAllowed(`Operation 'osRollingUpgrade' is not allowed on Virtual Machine Scale Set '${name}'.`);
  }
}

/**
 * Starts an upgrade now, outside any window. Where every instance has the newest image already it succeeds with nothing done. The
 * operation lasts as long as the upgrade, and fails with its error.
 */
export function startUpgrade(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  checkUpgradable(call, key, body);
  if (runningUpgrade(call.state, key) !== undefined) throw ours.upgradeRunning(textAt(body, "name") ?? "");
  const upgrade = beginUpgrade(call.state, key, { kind: "os", startedBy: "User" }, call.clock.now);
  upgrade.operation = startOperation(call, done, nothing, Infinity);
  const reply = accepted(call, upgrade.operation, locationOf(body));
  progress(call.state, upgrade, call.clock.now);
  return reply;
}

export function cancelRollingUpgrade(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  const upgrade = runningUpgrade(call.state, key);
  // hashicorp/terraform-provider-azurerm #15634 has words and status; the code is ours.
  if (upgrade === undefined) throw notAllowed("There is no ongoing Rolling Upgrade to cancel.");
  upgrade.lastAction = "Cancel";
  upgrade.lastActionTime = call.clock.now;
  return acceptAction(call, body, (end) => {
    progress(call.state, upgrade, end);
    if (upgrade.end === undefined) cancelUpgrade(call.state, upgrade, end);
  });
}

/** The ids of a request, which must be those of instances; `*` is all of them. */
function instanceIds(call: Call, key: string, sent: JsonObject): readonly string[] {
  const set = bodyOf(call.state, key);
  // Those of a Flexible set are the names of its virtual machines (Microsoft's page on instance ids of scale sets).
  const known = new Map(
    instancesOf(call.state, key).map((one) => [isFlexible(set) ? machineName(set, one) : one.id, one.id]),
  );
  const asked = listAt(sent, "instanceIds").map(String);
  if (asked.includes("*")) return [...known.values()];
  const unknown = asked.find((id) => !known.has(id));
  if (unknown === undefined) return asked.flatMap((id) => known.get(id) ?? []);
  // Code, status and words as several projects match them, such as microsoft/onefuzz.
  throw refuse(
    400,
    "InvalidParameter",
    `The provided instanceId ${unknown} is not an active Virtual Machine Scale Set VM instanceId.`,
    { target: "instanceIds" },
  );
}

/** Lets the instances go on that are named, or all of them. */
export function approveRollingUpgrade(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  const upgrade = runningUpgrade(call.state, key);
  if (upgrade?.deferred !== true) throw ours.nothingToApprove(textAt(body, "name") ?? "");
  const sent = call.request.body === undefined || call.request.body === "" ? {} : call.body();
  const named = at(sent, "instanceIds") === undefined ? ["*"] : listAt(sent, "instanceIds");
  const ids = instanceIds(call, key, { instanceIds: named });
  return acceptAction(call, body, (end) => {
    approve(upgrade, ids, end);
    progress(call.state, upgrade, end);
  });
}

/** Brings instances to the latest model: in mode Manual nothing else does. */
export function updateInstances(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  const ids = instanceIds(call, key, call.body());
  return acceptAction(call, body, () => {
    const now = call.state.scaleSets.get(key)?.body;
    if (now === undefined) return; // deleted meanwhile
    const version = targetVersion(call.state, key);
    changeInstances(call.state, key, ids, (one) => withLatestModel(now, version, one));
  });
}

/** The last five OS upgrades of the last two months; a start that found nothing to do is not among them. */
export function listUpgrades(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  const since = call.clock.now - 60 * dayMs;
  const shown = (call.state.upgrades.get(key) ?? []).filter(
    ({ kind, start, code, successful }) =>
      kind === "os" && start >= since && (code !== "Completed" || successful.length > 0),
  );
  return list(shown.slice(0, 5).map((upgrade) => historyBody(upgrade, locationOf(body))));
}

/** The last rolling upgrade, whatever it was for; 404 when there never was one. */
export function getLatestRollingUpgrade(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  const [newest] = call.state.upgrades.get(key) ?? [];
  if (newest === undefined) throw ours.noRollingUpgrade(textAt(body, "name") ?? "");
  return ok(latestBody(newest, locationOf(body)));
}
