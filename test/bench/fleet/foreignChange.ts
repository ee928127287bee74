import { Failure } from "../../../scripts/bootstrap/failure.mjs";
import { ask, get, type SandboxDoor } from "../../../scripts/lib/outside.ts";
import type { SandboxAddress } from "../../../scripts/lib/sandbox.ts";

const apiVersion = "api-version=2024-07-01";
let changes = 0;

/** Somebody else tags one scale set of the sandbox, and waits until Azure has done it. */
export async function changeOneSet(sandbox: SandboxDoor, scaleSetId: string): Promise<void> {
  const path = `${scaleSetId}?${apiVersion}`;
  const { tags } = await get<{ readonly tags?: Readonly<Record<string, string>> }>(sandbox, path);
  const order = { tags: { ...tags, reviewed: `time ${++changes} of ${process.pid}` } };
  const { status } = await ask(sandbox, "PATCH", path, order);
  if (status >= 300) throw new Failure(`The sandbox answers ${status} to tags of ${scaleSetId}.`);
  await ask(sandbox, "POST", "/sandbox/clock", { advance: "PT1M" });
}

/** The id of some scale set that may be changed. */
export async function someSet(sandbox: SandboxAddress): Promise<string> {
  for (const { subscriptionId } of sandbox.subscriptions) {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/virtualMachineScaleSets?${apiVersion}`;
    const { value } = await get<{ readonly value: readonly { readonly id?: unknown }[] }>(sandbox, path);
    const ids = value.flatMap(({ id }) => (typeof id === "string" ? [id] : []));
    if (ids[0] !== undefined) return ids[0];
  }
  throw new Failure("The sandbox lists no scale set.");
}
