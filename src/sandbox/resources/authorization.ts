import { arm } from "../http/errors.ts";
import type { State } from "../state.ts";
import type { SandboxRequest } from "../http/http.ts";

const verbs: Readonly<Record<string, string>> = {
  GET: "read",
  HEAD: "read",
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
  POST: "action",
};

/** The action of Azure's role-based access control that a request needs, from the resource that it is about. */
export function actionOf(resource: string, method: string): string {
  return `${resource}/${verbs[method] ?? "action"}`;
}

/** Refuses what the caller has not been granted on the scope that the path names. */
export function authorize(state: State, action: string, { url }: SandboxRequest): void {
  const scope = decodeURI(new URL(url).pathname);
  if (!state.denials.allow(action, scope))
    throw arm.forbidden(state.caller.name, state.caller.objectId, action, scope);
}
