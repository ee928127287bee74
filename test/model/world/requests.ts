/** Which write a request is, and how Azure answers it once it has taken it. */
import { groupId } from "./ids.ts";
import { assignmentAnswer, capacity, configurationOnWire, scaleSetOnWire } from "./reads.ts";
import { valueAt, type Members, type Value, type WorldState } from "./state.ts";
import {
  configurationOf,
  deleteAssignment,
  deleteConfiguration,
  putAssignment,
  putConfiguration,
  putGroup,
} from "./maintenanceWrites.ts";
import {
  cancelUpgrade,
  patchScaleSet,
  putExtension,
  startUpgrade,
  updateInstances,
} from "./scaleSetWrites.ts";
import type { Write } from "./writes.ts";

export interface WriteRequest {
  readonly method: string;
  /** As it was sent. */
  readonly path: string;
  readonly body: Members;
  readonly ifMatch: string | undefined;
}

export interface Taken {
  readonly write: Write;
  /** Status and body where all is well; `state`: as the write leaves it. */
  answer(state: WorldState): { readonly status: number; readonly body?: Value };
  /** Goes on as an operation: of the set with this id. */
  readonly operation?: "patch" | "action" | "upgrade";
  /** How long Azure takes to answer. */
  readonly takesMs?: number;
}

const set = String.raw`(/subscriptions/[^/]+/resourcegroups/[^/]+/providers/microsoft\.compute/virtualmachinescalesets/[^/]+)`;
const routes = {
  assignment: new RegExp(`^${set}/providers/microsoft\\.maintenance/configurationassignments/([^/]+)$`, "i"),
  extension: new RegExp(`^${set}/extensions/([^/]+)$`, "i"),
  action: new RegExp(`^${set}/(manualupgrade|osrollingupgrade|rollingupgrades/cancel)$`, "i"),
  scaleSet: new RegExp(`^${set}$`, "i"),
  configuration:
    /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.maintenance\/maintenanceconfigurations\/[^/]+)$/i,
  group: /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+)$/i,
};

/** The scale set that a request is about. */
export function scaleSetOf(path: string): string | undefined {
  return new RegExp(`^${set}(/|$)`, "i").exec(path)?.[1];
}

/** Undefined for a request that this Azure does not know. */
export function taken(request: WriteRequest): Taken | undefined {
  const { method, path } = request;
  const [, ofAssignment, assignment] = routes.assignment.exec(path) ?? [];
  if (ofAssignment !== undefined && assignment !== undefined)
    return assignmentWrite(request, ofAssignment, assignment);
  const [, ofExtension, extension] = routes.extension.exec(path) ?? [];
  if (method === "PUT" && ofExtension !== undefined && extension !== undefined)
    return {
      write: putExtension(ofExtension, extension, request.body),
      answer: () => ({ status: 200, body: { name: extension, ...request.body } }),
      operation: "patch",
    };
  const [, ofAction, action] = routes.action.exec(path) ?? [];
  if (method === "POST" && ofAction !== undefined && action !== undefined) return actionOf(ofAction, action);
  if (method === "PATCH" && routes.scaleSet.test(path)) {
    return {
      write: patchScaleSet(path, request.body, request.ifMatch),
      answer: (state) => {
        const found = state.scaleSets.get(path.toLowerCase());
        return { status: 200, ...(found && { body: scaleSetOnWire(found) }) };
      },
      operation: "patch",
    };
  }
  return configurationWrite(request) ?? groupWrite(request);
}

function assignmentWrite({ method, body }: WriteRequest, scaleSet: string, name: string): Taken | undefined {
  if (method === "DELETE")
    return { write: deleteAssignment(scaleSet, name), answer: () => ({ status: 200 }) };
  const wanted = valueAt(body, "properties", "maintenanceConfigurationId");
  if (method !== "PUT" || typeof wanted !== "string") return undefined;
  const scaleSetId = scaleSet.toLowerCase();
  const id = `${scaleSetId}/providers/microsoft.maintenance/configurationassignments/${name}`;
  const made = { id, scaleSetId, name, configurationId: wanted.toLowerCase() };
  return {
    write: putAssignment(scaleSet, name, wanted),
    answer: () => ({ status: 200, body: assignmentAnswer(made) }),
    takesMs: 4000,
  };
}

function actionOf(scaleSet: string, action: string): Taken {
  switch (action.toLowerCase()) {
    case "manualupgrade":
      return {
        write: updateInstances(scaleSet, capacity),
        answer: () => ({ status: 202 }),
        operation: "action",
      };
    case "osrollingupgrade":
      return {
        write: startUpgrade(scaleSet, "User"),
        answer: () => ({ status: 202 }),
        operation: "upgrade",
      };
    default:
      return { write: cancelUpgrade(scaleSet), answer: () => ({ status: 202 }), operation: "action" };
  }
}

function configurationWrite({ method, path, body }: WriteRequest): Taken | undefined {
  if (!routes.configuration.test(path)) return undefined;
  if (method === "DELETE") return { write: deleteConfiguration(path), answer: () => ({ status: 200 }) };
  if (method !== "PUT") return undefined;
  return {
    write: putConfiguration(path, body),
    answer: () => ({ status: 200, body: { ...configurationOnWire(configurationOf(path, body)), id: path } }),
  };
}

function groupWrite({ method, path, body }: WriteRequest): Taken | undefined {
  if (method !== "PUT" || !routes.group.test(path) || path.toLowerCase() === groupId.toLowerCase())
    return undefined;
  const answer = { id: path, ...body, properties: { provisioningState: "Succeeded" } };
  return { write: putGroup(path, body), answer: () => ({ status: 201, body: answer }) };
}
