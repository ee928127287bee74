import { isDeepStrictEqual } from "node:util";
import { ask, get } from "../lib/outside.ts";
import type { SandboxAddress } from "../lib/sandbox.ts";

const compute = "api-version=2024-07-01";
const maintenance = "api-version=2023-04-01";

interface Resource {
  readonly id: string;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

/** What a sandbox holds of the job, by lower-cased id: asked from outside with written-out paths. */
export type Holdings = ReadonlyMap<string, unknown>;

/** Every configuration, the upgrade switch of every scale set, and every assignment, over all subscriptions. */
export async function holdingsOf(sandbox: SandboxAddress): Promise<Holdings> {
  const found = new Map<string, unknown>();
  for (const { subscriptionId } of sandbox.subscriptions) {
    const scope = `/subscriptions/${subscriptionId}/providers`;
    const configurations = await list(
      sandbox,
      `${scope}/Microsoft.Maintenance/maintenanceConfigurations?${maintenance}`,
    );
    for (const { id, properties } of configurations) found.set(id.toLowerCase(), properties);
    const scaleSets = await list(sandbox, `${scope}/Microsoft.Compute/virtualMachineScaleSets?${compute}`);
    for (const scaleSet of scaleSets.filter(isWellFormed)) {
      found.set(scaleSet.id.toLowerCase(), { automaticUpgrades: upgradesOf(scaleSet) });
      const path = `${scaleSet.id}/providers/Microsoft.Maintenance/configurationAssignments`;
      const { status, body } = await ask(sandbox, "GET", `${path}?${maintenance}`);
      if (status !== 200) found.set(path.toLowerCase(), `refused with ${status}`);
      else
        for (const { name, properties } of (body as { value: Resource[] }).value) {
          found.set(
            `${path}/${name}`.toLowerCase(),
            String(properties?.["maintenanceConfigurationId"]).toLowerCase(),
          );
        }
    }
  }
  return found;
}

async function list(sandbox: SandboxAddress, path: string): Promise<readonly Resource[]> {
  return (await get<{ value: Resource[] }>(sandbox, path)).value;
}

/** The sandbox's fleet has rows that are no scale sets, as Azure's lists have had. */
function isWellFormed({ id, name, properties }: Resource): boolean {
  return typeof id === "string" && typeof name === "string" && properties !== null;
}

function upgradesOf({ properties }: Resource): boolean {
  const policy = properties?.["upgradePolicy"] as {
    automaticOSUpgradePolicy?: { enableAutomaticOSUpgrade?: boolean };
  };
  return policy?.automaticOSUpgradePolicy?.enableAutomaticOSUpgrade === true;
}

/** What differs between two holdings, one line each; none when they are the same. */
export function differences(expected: Holdings, actual: Holdings): readonly string[] {
  const ids = new Set([...expected.keys(), ...actual.keys()]);
  return [...ids]
    .filter((id) => !isDeepStrictEqual(expected.get(id), actual.get(id)))
    .map(
      (id) =>
        `${id}: expected ${JSON.stringify(expected.get(id))}, the sandbox has ${JSON.stringify(actual.get(id))}`,
    );
}
