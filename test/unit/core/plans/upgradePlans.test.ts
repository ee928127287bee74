import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { change } from "../../../../src/core/plans/change.ts";
import { enableUpgrades, modelAfter } from "../../../../src/core/plans/enabling.ts";
import { at } from "../../../../src/core/resources/json.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import type { Change } from "../../../../src/core/plans/plan.ts";
import { associate, setAutomaticUpgrades } from "../../../../src/core/plans/plans.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import {
  approveUpgrade,
  cancelUpgrade,
  repairs,
  setUpgradePolicy,
  startUpgrade,
  updateInstances,
} from "../../../../src/core/plans/upgradePlans.ts";
import { comparedByUndo } from "../../../../src/core/plans/inverses.ts";
import { kindOf } from "../../../../src/core/plans/kinds/kinds.ts";
import { inverseOf } from "../../../../src/core/plans/undo.ts";
import { restoreWindowsUpdate } from "../../../../src/core/plans/windowsUpdate.ts";
import { windowsUpdatePath } from "../../../../src/core/resources/scaleSet.ts";
import type { Repairs } from "../../../../src/core/plans/upgradePlans.ts";
import { configurationIdOf, healthExtension, scaleSet, scaleSetId, ubuntu } from "../scaleSets.ts";
import type { Wish } from "../scaleSets.ts";

const set = (wish: Wish = {}) => {
  const resource = scaleSet(wish);
  return { id: resource.id, resource };
};
const inProfile = (value: JsonObject): JsonObject => ({ properties: { virtualMachineProfile: value } });
const image = (reference: JsonObject) => inProfile({ storageProfile: { imageReference: reference } });
const fix = (wish: Wish, wanted: Repairs) => repairs(set(wish), wanted);
const shown = (changes: readonly Change[]) =>
  changes.map(({ kind, before, after }) => ({ kind, before, after }));

describe("repairs", () => {
  it("let a pinned platform image follow latest, and touch nothing else", () => {
    const pinned = { ...ubuntu, version: "24.04.202601010", exactVersion: "24.04.202601010" };
    assert.deepEqual(shown(fix({ image: pinned }, { imageLatest: true })), [
      { kind: "setImageReference", before: image(pinned), after: image(ubuntu) },
    ]);
  });

  it("let a pinned gallery image follow its definition, under whatever name the model has it", () => {
    const definition = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/c/images/web";
    for (const [name, base] of [
      ["id", definition],
      ["sharedGalleryImageId", "/sharedGalleries/c/images/web"],
      ["communityGalleryImageId", "/communityGalleries/c-1/images/web"],
    ] as const) {
      const [change] = fix({ image: { [name]: `${base}/Versions/1.2.3` } }, { imageLatest: true });
      assert.deepEqual(change?.after, image({ [name]: base }));
    }
  });

  it("leave an image alone that follows latest already, or has no versions", () => {
    for (const reference of [
      ubuntu,
      { ...ubuntu, version: "Latest" },
      { id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/golden" },
      {
        id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/c/images/w/versions/latest",
      },
      null,
    ])
      assert.deepEqual(fix({ image: reference }, { imageLatest: true }), [], JSON.stringify(reference));
  });

  const windows = (windowsConfiguration: JsonObject): Wish => ({
    os: "Windows",
    osProfile: { windowsConfiguration },
  });
  const configured = (windowsConfiguration: JsonObject) => inProfile({ osProfile: { windowsConfiguration } });

  it("turn Windows automatic updates off", () => {
    assert.deepEqual(
      shown(fix(windows({ enableAutomaticUpdates: true, timeZone: "UTC" }), { automaticUpdatesOff: true })),
      [
        {
          kind: "setAutomaticUpdates",
          before: configured({ enableAutomaticUpdates: true }),
          after: configured({ enableAutomaticUpdates: false }),
        },
      ],
    );
  });

  it("say updates and patch mode in one PATCH on Windows, where Azure ties them to each other", () => {
    const platform = windows({
      enableAutomaticUpdates: true,
      patchSettings: { patchMode: "AutomaticByPlatform" },
    });
    const both = configured({ enableAutomaticUpdates: false, patchSettings: { patchMode: "Manual" } });
    for (const [wanted, kind] of [
      [{ automaticUpdatesOff: true }, "setAutomaticUpdates"],
      [{ automaticUpdatesOff: true, patchMode: "Manual" }, "setAutomaticUpdates"],
      [{ patchMode: "Manual" }, "setPatchSettings"],
    ] as const) {
      const changes = fix(platform, wanted);
      assert.deepEqual(
        shown(changes).map(({ after }) => after),
        [both],
      );
      assert.equal(changes[0]?.kind, kind);
    }
  });

  it("take away on Windows what goes only with AutomaticByPlatform, and `before` has all of it", () => {
    const assessmentMode = "AutomaticByPlatform";
    const hot: JsonObject = {
      patchMode: "AutomaticByPlatform",
      enableHotpatching: true,
      assessmentMode,
      automaticByPlatformSettings: { rebootSetting: "IfRequired" },
    };
    const model = windows({ provisionVMAgent: true, enableAutomaticUpdates: true, patchSettings: hot });
    const [repair] = fix(model, { patchMode: "Manual" });
    const after = configured({
      enableAutomaticUpdates: false,
      patchSettings: { patchMode: "Manual", enableHotpatching: false, automaticByPlatformSettings: null },
    });
    assert.ok(repair);
    assert.deepEqual(repair.after, after);
    assert.deepEqual(repair.before, configured({ enableAutomaticUpdates: true, patchSettings: hot }));
    const left = set(
      windows({
        provisionVMAgent: true,
        enableAutomaticUpdates: false,
        patchSettings: { patchMode: "Manual", enableHotpatching: false, assessmentMode },
      }),
    ).resource;
    const kind = kindOf(repair);
    const seen = (resource: JsonObject) =>
      kind.confirmation(repair, { resource }, { at: 0, isAccepted: true });
    assert.equal(seen(left), "after");
    assert.equal(seen(set(model).resource), "before");
    const compared = comparedByUndo(repair, left);
    const inverse = inverseOf(repair, compared, { resource: left }, { usedBy: () => [], moment: "" });
    assert.ok("change" in inverse && !("changed" in inverse));
    const { assessmentMode: _, ...restored } = hot;
    assert.deepEqual(
      inverse.change.after,
      configured({ enableAutomaticUpdates: true, patchSettings: restored }),
    );
  });

  it("are done where Azure keeps a member that it was asked to take away", () => {
    const automaticByPlatformSettings = { rebootSetting: "IfRequired" };
    const patchSettings = { patchMode: "AutomaticByPlatform", automaticByPlatformSettings };
    const [repair] = fix(windows({ enableAutomaticUpdates: true, patchSettings }), { patchMode: "Manual" });
    assert.ok(repair);
    const { resource } = set(
      windows({
        enableAutomaticUpdates: false,
        patchSettings: { patchMode: "Manual", automaticByPlatformSettings },
      }),
    );
    const sent = { at: 0, isAccepted: true };
    assert.equal(kindOf(repair).confirmation(repair, { resource }, sent), "after");
  });

  it("take away on Linux the settings that go only with AutomaticByPlatform", () => {
    const settings: JsonObject = {
      patchMode: "AutomaticByPlatform",
      assessmentMode: "AutomaticByPlatform",
      automaticByPlatformSettings: { bypassPlatformSafetyChecksOnUserSchedule: true },
    };
    const linux = (patchSettings: JsonObject) =>
      inProfile({ osProfile: { linuxConfiguration: { patchSettings } } });
    const [repair] = fix(
      { osProfile: { linuxConfiguration: { patchSettings: settings } } },
      { patchMode: "ImageDefault" },
    );
    assert.deepEqual(repair?.after, linux({ patchMode: "ImageDefault", automaticByPlatformSettings: null }));
    assert.deepEqual(repair.before, linux(settings));
  });

  it("set the patch mode of Linux beside what else is set there", () => {
    const osProfile = {
      linuxConfiguration: {
        patchSettings: { patchMode: "AutomaticByPlatform", assessmentMode: "ImageDefault" },
      },
    };
    const [change] = fix({ osProfile }, { patchMode: "ImageDefault" });
    assert.equal(change?.kind, "setPatchSettings");
    assert.deepEqual(
      change.after,
      inProfile({ osProfile: { linuxConfiguration: { patchSettings: { patchMode: "ImageDefault" } } } }),
    );
    assert.deepEqual(change.before, inProfile({ osProfile }));
  });

  it("add the health extension of the system, under a name that is free", () => {
    const wanted = { healthExtension: { protocol: "https", port: 8443, path: "/healthz" } } as const;
    const [linux] = fix({ extensions: [] }, wanted);
    assert.equal(linux?.target, `${scaleSetId()}/extensions/ApplicationHealthLinux`);
    assert.deepEqual(linux.after, {
      properties: {
        publisher: "Microsoft.ManagedServices",
        type: "ApplicationHealthLinux",
        typeHandlerVersion: "1.0",
        autoUpgradeMinorVersion: true,
        settings: { protocol: "https", port: 8443, requestPath: "/healthz" },
      },
    });
    const taken = { name: "applicationhealthwindows", properties: { publisher: "p", type: "t" } };
    const [second] = fix({ os: "Windows", extensions: [taken] }, wanted);
    assert.equal(second?.target, `${scaleSetId()}/extensions/ApplicationHealthWindows2`);
    const [tcp] = fix({ extensions: null }, { healthExtension: { protocol: "tcp", port: 22, path: "/" } });
    assert.deepEqual(at(tcp?.after, "properties", "settings"), { protocol: "tcp", port: 22 });
    assert.deepEqual(fix({ os: undefined, osProfile: null, extensions: [] }, wanted), []);
  });

  it("add no health extension to machines that take none", () => {
    const wanted = { healthExtension: { protocol: "tcp", port: 22 } } as const;
    for (const osProfile of [
      { allowExtensionOperations: false, linuxConfiguration: { provisionVMAgent: true } },
      { linuxConfiguration: { provisionVMAgent: false } },
    ])
      assert.deepEqual(fix({ osProfile, extensions: [] }, wanted), []);
    const agent = { allowExtensionOperations: true, linuxConfiguration: { provisionVMAgent: true } };
    assert.equal(fix({ osProfile: agent, extensions: [] }, wanted).length, 1);
  });

  it("change mode and rolling policy in one PATCH that names only what changes", () => {
    const rollingPolicy = { maxBatchInstancePercent: 10 };
    const known = { maxBatchInstancePercent: 50, maxSurge: true };
    assert.deepEqual(shown(fix({ rollingPolicy: known }, { upgradeMode: "Rolling", rollingPolicy })), [
      {
        kind: "setUpgradePolicy",
        before: { properties: { upgradePolicy: { mode: "Manual", rollingUpgradePolicy: known } } },
        after: { properties: { upgradePolicy: { mode: "Rolling", rollingUpgradePolicy: rollingPolicy } } },
      },
    ]);
  });

  it("are nothing where nothing is wanted", () => {
    assert.deepEqual(fix({}, {}), []);
  });
});

const broken: Wish = {
  os: "Windows",
  image: {
    publisher: "MicrosoftWindowsServer",
    offer: "WindowsServer",
    sku: "2022-datacenter",
    version: "20348.1",
  },
  osProfile: { windowsConfiguration: { enableAutomaticUpdates: true } },
  extensions: [],
};
const all: Repairs = {
  imageLatest: true,
  automaticUpdatesOff: true,
  upgradeMode: "Rolling",
  healthExtension: { protocol: "http", port: 80, path: "/" },
};

describe("enabling with Windows Update on", () => {
  const windowsSet = (enableAutomaticUpdates?: boolean, more: Wish = {}) =>
    set({
      ...more,
      os: "Windows",
      extensions: [healthExtension("Windows")],
      image: {
        publisher: "MicrosoftWindowsServer",
        offer: "WindowsServer",
        sku: "2022-datacenter",
        version: "latest",
      },
      osProfile: {
        windowsConfiguration: {
          provisionVMAgent: true,
          ...(enableAutomaticUpdates !== undefined && { enableAutomaticUpdates }),
        },
      },
    });
  const updates = (value: boolean) =>
    inProfile({ osProfile: { windowsConfiguration: { enableAutomaticUpdates: value } } });

  it("sends nothing about it, says what Azure does and keeps the value that was there", () => {
    for (const part of [enableUpgrades(windowsSet(true), {}), setAutomaticUpgrades(windowsSet(true), true)]) {
      const [enabling, ...others] = part.changes;
      assert.deepEqual(others, []);
      assert.doesNotMatch(JSON.stringify(enabling?.after), /enableAutomaticUpdates/);
      assert.deepEqual(at(enabling?.before, ...windowsUpdatePath), true);
      assert.deepEqual(part.warnings.map(inEnglish), [
        "Azure turns off Windows Update on web with this change.",
      ]);
    }
    assert.deepEqual(enableUpgrades(windowsSet(false), {}).warnings, []);
    assert.equal(enableUpgrades(windowsSet(), {}).warnings.length, 1, "on by default");
  });

  it("is confirmed whatever becomes of it, and the read says what did", () => {
    const [enabling] = enableUpgrades(windowsSet(true), {}).changes;
    assert.ok(enabling);
    const note = (enableAutomaticUpdates: boolean) => {
      const resource = modelAfter(windowsSet(enableAutomaticUpdates).resource, [enabling]);
      const kind = kindOf(enabling);
      assert.equal(kind.confirmation(enabling, { resource }, { at: 0, isAccepted: true }), "after");
      return inEnglish(kind.note?.(enabling, { resource }) ?? verbatim(""));
    };
    assert.equal(note(false), "Azure turned off Windows Update.");
    assert.equal(note(true), "Windows Update is still on.");
    const [wasOff] = enableUpgrades(windowsSet(false), {}).changes;
    assert.ok(wasOff);
    assert.equal(kindOf(wasOff).note?.(wasOff, { resource: windowsSet(false).resource }), undefined);
  });

  it("is undone by the policy alone: Azure changed the rest along", () => {
    const [enabling] = enableUpgrades(windowsSet(true), {}).changes;
    assert.ok(enabling);
    const resource = modelAfter(windowsSet(false).resource, [enabling]);
    const left = comparedByUndo(enabling, resource);
    const inverse = inverseOf(enabling, left, { resource }, { usedBy: () => [], moment: "" });
    assert.ok("change" in inverse && !("changed" in inverse));
    assert.equal(inverse.change.kind, "setUpgradePolicy");
    assert.doesNotMatch(JSON.stringify(inverse.change), /enableAutomaticUpdates/);
  });

  it("is restored once upgrades are off, with a patch mode that goes with it", () => {
    const [off] = setAutomaticUpgrades(windowsSet(false, { upgrades: true }), false).changes;
    const manual = set({
      os: "Windows",
      osProfile: {
        windowsConfiguration: { enableAutomaticUpdates: false, patchSettings: { patchMode: "Manual" } },
      },
    });
    const on = restoreWindowsUpdate(windowsSet(false));
    assert.ok(on && off);
    assert.deepEqual([on.kind, on.before, on.after], ["setAutomaticUpdates", updates(false), updates(true)]);
    assert.deepEqual(on.provided, [{ is: "off", id: windowsSet().id }]);
    assert.deepEqual(planOf(verbatim(""), [on, off]).changes[0]?.needs, [off.id]);
    assert.deepEqual(at(restoreWindowsUpdate(manual)?.after, ...windowsUpdatePath.slice(0, -1)), {
      enableAutomaticUpdates: true,
      patchSettings: { patchMode: "AutomaticByOS" },
    });
    for (const other of [windowsSet(true), windowsSet(), set()])
      assert.equal(restoreWindowsUpdate(other), undefined);
  });
});

describe("enabling with repairs", () => {
  it("mends what blocks, then turns upgrades on, the policy in the same PATCH", () => {
    const { changes, leftOut } = enableUpgrades(set(broken), all);
    assert.deepEqual(leftOut, []);
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ["setImageReference", "setAutomaticUpdates", "addHealthExtension", "setUpgradePolicy"],
    );
    assert.deepEqual(changes.at(-1)?.after, {
      properties: {
        upgradePolicy: { mode: "Rolling", automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
      },
    });
    assert.equal(
      inEnglish(changes.at(-1)?.title ?? verbatim("")),
      "Turn on automatic OS upgrades for scale set web",
    );
  });

  it("leaves a set out as a whole that still is blocked, and sends it all the same when told to", () => {
    const { healthExtension: _, ...some } = all;
    const part = enableUpgrades(set(broken), some);
    assert.deepEqual(part.changes, []);
    assert.match(
      inEnglish(part.leftOut[0]?.reason ?? verbatim("")),
      /Azure can't tell whether instances are healthy/,
    );
    const anyway = enableUpgrades(set(broken), {}, { tryAnyway: true });
    assert.deepEqual(
      anyway.changes.map(({ kind }) => kind),
      ["setUpgradePolicy"],
    );
  });

  it("holds the rules against what is known beside the model too", () => {
    const refused = {
      newestImage: { properties: { automaticOSUpgradeProperties: { automaticOSUpgradeSupported: false } } },
    };
    assert.equal(enableUpgrades(set(), {}).changes.length, 1);
    assert.match(
      inEnglish(enableUpgrades(set(), {}, { facts: refused }).leftOut[0]?.reason ?? verbatim("")),
      /The image isn't supported/,
    );
    assert.match(
      inEnglish(setAutomaticUpgrades(set(), true, { facts: refused }).leftOut[0]?.reason ?? verbatim("")),
      /The image isn't supported/,
    );
  });

  it("only mends a set that has upgrades on already, unless another service manages it", () => {
    const on = { ...broken, upgrades: true };
    assert.deepEqual(
      enableUpgrades(set(on), { imageLatest: true }).changes.map(({ kind }) => kind),
      ["setImageReference"],
    );
    assert.deepEqual(enableUpgrades(set(on), {}).changes, []);
    const managed = set({ ...on, tags: { "aks-managed-poolName": "np1" } });
    assert.deepEqual(enableUpgrades(managed, { imageLatest: true }).changes, []);
    assert.equal(enableUpgrades(managed, { imageLatest: true }, { oneByOne: true }).changes.length, 1);
  });

  it("warns of what the upgrade mode does with a changed model", () => {
    const { upgradeMode: _, ...sameMode } = all;
    const warnings = (upgradeMode: string, wanted: Repairs = sameMode) =>
      enableUpgrades(set({ ...broken, upgradeMode }), wanted)
        .warnings.map(inEnglish)
        .join("\n");
    assert.match(warnings("Automatic"), /right away, in any order, outside any window/);
    assert.match(warnings("Rolling"), /right away, batch by batch, outside any window/);
    assert.match(warnings("Manual"), /keep their model until you update them/);
    assert.match(warnings("Manual", all), /batch by batch/, "they get it once the mode is Rolling");
    assert.match(warnings("Automatic", all), /in any order/, "the mode changes last");
    assert.deepEqual(enableUpgrades(set(), {}).warnings, []);
  });

  it("leaves the rest of the model as it is", () => {
    const { resource } = set(broken);
    const { changes } = enableUpgrades(set(broken), all);
    const model = modelAfter(resource, changes);
    assert.deepEqual(
      at(model, "properties", "virtualMachineProfile", "networkProfile"),
      at(resource, "properties", "virtualMachineProfile", "networkProfile"),
    );
    assert.equal(
      at(model, "properties", "virtualMachineProfile", "storageProfile", "osDisk", "osType"),
      "Windows",
    );
    assert.deepEqual(
      at(model, "properties", "virtualMachineProfile", "extensionProfile", "extensions", 0, "name"),
      "ApplicationHealthWindows",
    );
  });
});

describe("actions on upgrades", () => {
  const latest = {
    properties: { runningStatus: { code: "RollingForward", startTime: "2026-11-23T09:00:00Z" } },
  };

  it("keep the upgrade that was there before", () => {
    for (const make of [startUpgrade, cancelUpgrade, approveUpgrade]) {
      assert.deepEqual(make({ ...set(), upgrade: latest }).before, latest);
      assert.equal(make(set()).before, undefined);
      assert.equal(make(set()).after, undefined);
      assert.equal(make(set()).target, scaleSetId());
    }
  });

  it("name the instances that they are about", () => {
    assert.deepEqual(updateInstances(set(), ["0", "3"]).after, { instanceIds: ["0", "3"] });
    assert.deepEqual(approveUpgrade(set(), ["3"]).after, { instanceIds: ["3"] });
    assert.match(inEnglish(updateInstances(set(), ["*"]).title), /all instances of scale set web/);
    assert.match(inEnglish(updateInstances(set(), ["0", "3"]).title), /instances 0, 3 of scale set web/);
  });
});

describe("the order of what is done to one set", () => {
  const other = scaleSetId("other");
  const needsOf = (changes: readonly Change[]) =>
    Object.fromEntries(
      planOf(verbatim("p"), changes).changes.map(({ id, kind, needs }) => [
        id.includes("/other") ? `other ${kind}` : kind,
        needs.map((need) => need.split(":")[0]),
      ]),
    );

  it("is image, updates, extension, policy, instances, start, one after another; and nothing waits for another set", () => {
    const { changes } = enableUpgrades(set(broken), all);
    const elsewhere = set({ ...broken, id: other });
    const needs = needsOf([
      startUpgrade(set()),
      updateInstances(set(), ["*"]),
      ...changes,
      ...enableUpgrades(elsewhere, all).changes,
    ]);
    assert.deepEqual(needs["setImageReference"], []);
    assert.deepEqual(needs["setAutomaticUpdates"], ["setImageReference"]);
    assert.deepEqual(needs["addHealthExtension"], ["setImageReference", "setAutomaticUpdates"]);
    assert.deepEqual(needs["setUpgradePolicy"]?.toSorted(), [
      "addHealthExtension",
      "setAutomaticUpdates",
      "setImageReference",
    ]);
    assert.equal(needs["updateInstances"]?.length, 4);
    assert.equal(needs["startUpgrade"]?.length, 5);
    assert.equal(needs["other setUpgradePolicy"]?.length, 3);
  });

  it("has the window before upgrades are on, and a cancelled upgrade before any change", () => {
    const { changes } = associate(set(), { id: configurationIdOf("nightly") }, [], () => undefined);
    const needs = needsOf([...enableUpgrades(set(), {}).changes, ...changes, cancelUpgrade(set())]);
    assert.deepEqual(needs["setUpgradePolicy"], ["associate", "cancelUpgrade"]);
    assert.deepEqual(needs["associate"], []);
  });

  it("turns upgrades off before Windows' own updates are turned on, which Azure refuses beside upgrades", () => {
    const { id } = set();
    const off = { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: false } };
    const updatesOn = change("setAutomaticUpdates", id, verbatim("on"), {
      after: inProfile({ osProfile: { windowsConfiguration: { enableAutomaticUpdates: true } } }),
    });
    assert.deepEqual(needsOf([updatesOn, cancelUpgrade(set()), setUpgradePolicy(set(), off)]), {
      setAutomaticUpdates: ["cancelUpgrade", "setUpgradePolicy"],
      cancelUpgrade: [],
      setUpgradePolicy: ["cancelUpgrade"],
    });
  });

  it("is wired for twice as many sets with twice the work", () => {
    const looksAt = (sets: number) => {
      let looks = 0;
      const changes = Array.from({ length: sets }, (_, index) => set({ ...broken, name: `s${index}` }))
        .flatMap((one) => repairs(one, all))
        .map((one) => ({
          ...one,
          get kind() {
            looks += 1;
            return one.kind;
          },
        }));
      assert.equal(planOf(verbatim("p"), changes).changes.length, changes.length);
      return looks;
    };
    assert.equal(looksAt(200), 2 * looksAt(100));
  });

  it("keeps a policy change that stands alone free of needs", () => {
    assert.deepEqual(
      needsOf([setUpgradePolicy(set({ extensions: [healthExtension("Linux")] }), { mode: "Rolling" })]),
      {
        setUpgradePolicy: [],
      },
    );
  });
});
