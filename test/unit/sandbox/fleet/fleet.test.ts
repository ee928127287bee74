import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Body,
  compute,
  createLab,
  type Lab,
  maintenance,
  production,
  resources,
  shared,
  staging,
} from "../support.ts";

interface Found {
  readonly set: Body;
  readonly assignments: readonly Body[] | "refused";
}

const subscriptions = [production, shared, staging];

async function listAll(lab: Lab, type: string, version: string): Promise<Body[]> {
  const lists = subscriptions.map(
    async (one) => (await lab.ask("GET", `${one}/providers/${type}?${version}`)).body.value,
  );
  return (await Promise.all(lists)).flat();
}

const scaleSets = (lab: Lab): Promise<Body[]> =>
  listAll(lab, "Microsoft.Compute/virtualMachineScaleSets", compute);
const configurations = (lab: Lab): Promise<Body[]> =>
  listAll(lab, "Microsoft.Maintenance/maintenanceConfigurations", maintenance);

const isWellFormed = (set: Body): boolean => typeof set.id === "string" && typeof set.name === "string";

async function fleet(lab: Lab): Promise<Found[]> {
  const found = (await scaleSets(lab)).filter(isWellFormed).map(async (set): Promise<Found> => {
    const answer = await lab.ask(
      "GET",
      `${set.id}/providers/Microsoft.Maintenance/configurationAssignments?${maintenance}`,
    );
    return { set, assignments: answer.status === 403 ? "refused" : answer.body.value };
  });
  return Promise.all(found);
}

const profile = (set: Body): Body => set.properties.virtualMachineProfile;
const upgradesOn = (set: Body): boolean =>
  set.properties.upgradePolicy?.automaticOSUpgradePolicy?.enableAutomaticOSUpgrade === true;
const hasProbe = (set: Body): boolean => profile(set).networkProfile.healthProbe !== undefined;
const hasExtension = (set: Body): boolean =>
  profile(set).extensionProfile.extensions.some((one: Body) =>
    one.properties.type.startsWith("ApplicationHealth"),
  );
const image = (set: Body): Body => profile(set).storageProfile.imageReference;
const isWindows = (set: Body): boolean => profile(set).osProfile.windowsConfiguration !== undefined;

function blocked(set: Body): boolean {
  const { windowsConfiguration, linuxConfiguration } = profile(set).osProfile;
  const pinned =
    image(set).id === undefined ? image(set).version !== "latest" : /\/versions\//.test(image(set).id);
  const mode = (windowsConfiguration ?? linuxConfiguration).patchSettings.patchMode;
  return pinned || hasProbe(set) === hasExtension(set) || mode === "AutomaticByPlatform";
}

test("there are 5 configurations, 24 scale sets that are whole, and 2 that are not", async () => {
  const lab = createLab();
  assert.equal((await configurations(lab)).length, 5);
  const sets = await scaleSets(lab);
  assert.equal(sets.filter(isWellFormed).length, 24);
  const malformed = sets.filter((set) => !isWellFormed(set));
  assert.equal(malformed.length, 2);
  assert.ok(malformed.some((set) => set.name === undefined && set.properties === null));
  assert.ok(malformed.some((set) => typeof set.id === "number"));
});

test("one configuration has another scope, one has expired, one an odd recurrence", async () => {
  const all = await configurations(createLab());
  const window = (one: Body) => one.properties.maintenanceWindow;
  assert.equal(all.filter((one) => one.properties.maintenanceScope === "InGuestPatch").length, 1);
  assert.equal(all.filter((one) => window(one).expirationDateTime < "2026-11-23").length, 1);
  assert.equal(all.filter((one) => window(one).recurEvery === "Month Fourth Monday").length, 1);
});

test("the scale sets show every coverage state between them", async () => {
  const lab = createLab();
  const known = new Map((await configurations(lab)).map((one) => [one.id.toLowerCase(), one]));
  const states = (await fleet(lab)).map(({ set, assignments }) => {
    if (assignments === "refused") return "unknown";
    const used = assignments.map((one) => known.get(one.properties.maintenanceConfigurationId.toLowerCase()));
    const osImage = used.filter((one) => one?.properties.maintenanceScope === "OSImage");
    const expired = osImage.some(
      (one) => (one.properties.maintenanceWindow.expirationDateTime ?? "9999") < "2026-11-23",
    );
    if (used.includes(undefined)) return "broken: deleted";
    if (expired) return "broken: expired";
    if (osImage.length > 1) return "broken: two";
    const on = upgradesOn(set);
    if (osImage.length === 0 && !on) return "unmanaged";
    if (blocked(set)) return "blocked";
    if (osImage.length === 0) return "uncontrolled";
    return on ? "controlled" : "idle";
  });
  assert.deepEqual(
    new Set(states),
    new Set([
      "unknown",
      "broken: deleted",
      "broken: expired",
      "broken: two",
      "blocked",
      "uncontrolled",
      "idle",
      "unmanaged",
      "controlled",
    ]),
  );
});

test("the scale sets show every check between them", async () => {
  const sets = (await fleet(createLab())).map(({ set }) => set);
  const checks: Readonly<Record<string, (set: Body) => boolean>> = {
    "image pinned": (set) => image(set).id === undefined && image(set).version !== "latest",
    "gallery image, newest": (set) => /\/galleries\/.*\/images\/[^/]+$/.test(image(set).id ?? ""),
    "gallery image, pinned": (set) => /\/galleries\/.*\/versions\//.test(image(set).id ?? ""),
    "no health source": (set) => !hasProbe(set) && !hasExtension(set),
    "both health sources": (set) => hasProbe(set) && hasExtension(set),
    "probe only": (set) => hasProbe(set) && !hasExtension(set),
    "extension only": (set) => !hasProbe(set) && hasExtension(set),
    "Windows updates on": (set) =>
      profile(set).osProfile.windowsConfiguration?.enableAutomaticUpdates === true,
    "Windows updates not named": (set) =>
      isWindows(set) && profile(set).osProfile.windowsConfiguration.enableAutomaticUpdates === undefined,
    "Windows updates off": (set) =>
      profile(set).osProfile.windowsConfiguration?.enableAutomaticUpdates === false,
    "patched by the platform": (set) =>
      profile(set).osProfile.linuxConfiguration?.patchSettings.patchMode === "AutomaticByPlatform",
    Flexible: (set) => set.properties.orchestrationMode === "Flexible",
    Windows: isWindows,
    Linux: (set) => !isWindows(set),
    "owned by AKS": (set) =>
      set.id.includes("/resourceGroups/MC_") && set.tags["aks-managed-poolName"] !== undefined,
    "a long name": (set) => set.name.length > 60,
  };
  for (const [what, check] of Object.entries(checks)) assert.ok(sets.some(check), what);
});

test("Windows' own updates are as Azure leaves them: never on once upgrades are on, and on where they never were", async () => {
  const windows = (await fleet(createLab())).map(({ set }) => set).filter(isWindows);
  assert.ok(windows.length >= 6);
  for (const set of windows) {
    const { enableAutomaticUpdates } = profile(set).osProfile.windowsConfiguration;
    const never = set.properties.upgradePolicy?.automaticOSUpgradePolicy === undefined;
    assert.equal(enableAutomaticUpdates ?? true, never, set.name);
  }
});

test("sets that the main job can take are in more than one subscription", async () => {
  const free = (await fleet(createLab())).filter(
    ({ set, assignments }) =>
      assignments.length === 0 && !upgradesOn(set) && !blocked(set) && !/_/.test(set.id),
  );
  assert.ok(free.length >= 3);
  assert.ok(new Set(free.map(({ set }) => set.id.split("/")[2])).size >= 2);
});

test("each scale set is read by its id, and its groups and subnets are its own subscription's", async () => {
  const lab = createLab();
  for (const { set } of await fleet(lab)) {
    assert.deepEqual((await lab.ask("GET", `${set.id}?${compute}`)).body, set);
    assert.equal((await lab.ask("GET", `${set.id.split("/providers/")[0]}?${resources}`)).status, 200);
    const nic = profile(set).networkProfile.networkInterfaceConfigurations[0];
    assert.ok(
      nic.properties.ipConfigurations[0].properties.subnet.id.startsWith(set.id.split("/resourceGroups/")[0]),
    );
  }
});

test("the same clock makes the same fleet, and dates move with the clock", async () => {
  const [one, same, later] = [
    createLab(),
    createLab(),
    createLab({ now: () => new Date("2031-03-30T00:00:00Z") }),
  ];
  assert.deepEqual(await scaleSets(one), await scaleSets(same));
  const starts = async (lab: Lab) =>
    (await configurations(lab)).map((item) => item.properties.maintenanceWindow.startDateTime.slice(0, 4));
  assert.ok((await starts(one)).every((year) => year === "2026"));
  assert.ok((await starts(later)).every((year) => Number(year) >= 2030));
});

test("a set whose last upgrade succeeded runs what it upgraded to, and others run what is older", async () => {
  const lab = createLab();
  let [mixed, behind] = [0, 0];
  for (const { set } of await fleet(lab)) {
    const { value } = (await lab.ask("GET", `${set.id}/virtualMachines?${compute}`)).body;
    const machines: Body[] = await Promise.all(
      value.map(async (one: Body) => (await lab.ask("GET", `${one.id}?${compute}`)).body),
    );
    const versions = new Set<string>(
      machines.map((one) => one.properties.storageProfile.imageReference.exactVersion),
    );
    const [last] = (await lab.ask("GET", `${set.id}/osUpgradeHistory?${compute}`)).body.value;
    const { runningStatus, targetImageReference } = last?.properties ?? {};
    if (runningStatus?.code === "Completed")
      assert.deepEqual([...versions], [targetImageReference.version], set.name);
    if (runningStatus?.code === "Faulted") {
      assert.ok(!versions.has(targetImageReference.version), set.name);
      behind++;
    }
    if (versions.size > 1) mixed++;
  }
  assert.ok(mixed >= 3);
  assert.ok(behind >= 1);
});
