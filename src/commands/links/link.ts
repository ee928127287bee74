import { isConfigurationId, isScaleSetId } from "../../core/resources/ids.ts";

/** Where a link leads: a scale set or a maintenance configuration of a cloud, or of the sandbox. */
export interface Link {
  readonly id: string;
  /** The name that VS Code's settings have for the cloud, or `Sandbox`. */
  readonly cloud: string;
}

/** A link as VS Code hands it over, decoded once. */
export interface Address {
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const revealPath = "/reveal";

/** An id of Azure's has at most some hundred characters. */
const maxCharacters = 1000;

/** What resource groups, scale sets and configurations may be named with; no sign that could be seen as another, or not at all. */
const nameable = /^[\p{L}\p{N}_.()\-/]+$/u;
const form = /^id=([^&=]+)&cloud=([A-Za-z]{1,40})$/;

/** The text of a link; undefined where the resource is of no kind that a link leads to. */
export function linkTo({ id, cloud }: Link, scheme: string, extensionId: string): string | undefined {
  const address = { path: revealPath, query: `id=${id}&cloud=${cloud}`, fragment: "" };
  if (linkIn(address) === undefined) return undefined;
  return `${scheme}://${extensionId}${revealPath}?id=${encodeURIComponent(id)}&cloud=${cloud}`;
}

/** Where an address leads; undefined for every other than `linkTo` makes. */
export function linkIn({ path, query, fragment }: Address): Link | undefined {
  if (path !== revealPath || fragment !== "" || query.length > maxCharacters) return undefined;
  const [, id = "", cloud = ""] = form.exec(query) ?? [];
  if (!nameable.test(id) || id.endsWith("/")) return undefined;
  return isScaleSetId(id) || isConfigurationId(id) ? { id, cloud } : undefined;
}
