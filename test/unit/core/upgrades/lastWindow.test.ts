import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EligibilityFacts } from "../../../../src/core/eligibility/facts.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { lastWindows, type WindowSituation } from "../../../../src/core/upgrades/lastWindow.ts";
import { scheduleFacts } from "../../../../src/core/windows/facts.ts";
import { pauseTag } from "../../../../src/core/windows/pause.ts";
import { configurationIdOf, scaleSet, type Wish } from "../scaleSets.ts";

const now = "2026-11-23T09:00:00Z";
const newest = "24.04.202611200";

/** Opens every day from 22:00 to 03:00 UTC: last from Nov 22 to 23. */
function nightly(window: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return {
    id: configurationIdOf("nightly"),
    name: "nightly",
    properties: {
      maintenanceScope: "OSImage",
      maintenanceWindow: {
        startDateTime: "2026-01-01 22:00",
        duration: "05:00",
        timeZone: "UTC",
        recurEvery: "Day",
        ...window,
      },
    },
    ...more,
  };
}

const held = (resource: JsonObject, at = now): EligibilityFacts => ({
  configurations: [{ resource, schedule: scheduleFacts(resource, at) }],
});

const upgrade = (
  startTime: string,
  endTime?: string,
  more: JsonObject = {},
  code = "Completed",
): JsonObject => ({
  properties: {
    runningStatus: { code, startTime, ...(endTime !== undefined && { endTime }) },
    progress: {
      successfulInstanceCount: 4,
      failedInstanceCount: 0,
      inProgressInstanceCount: 0,
      pendingInstanceCount: 0,
    },
    startedBy: "Platform",
    targetImageReference: { version: newest },
    ...more,
  },
});

const behind: EligibilityFacts = {
  newestImage: { name: newest },
  instances: [{ properties: { storageProfile: { imageReference: { exactVersion: "24.04.202610200" } } } }],
};
const asked: EligibilityFacts = { upgradeHistory: [], rollingUpgrade: null };

interface Case extends Partial<Omit<WindowSituation, "scaleSet">> {
  readonly wish?: Wish;
  readonly configuration?: JsonObject;
}

/** The one entry for a set that has the nightly configuration, upgrades on, and no upgrade known to Azure, unless the case says otherwise. */
function described({ wish, configuration = nightly(), facts, ...more }: Case = {}) {
  const at = more.now ?? now;
  const situation = {
    scaleSet: scaleSet({ upgrades: true, ...wish }),
    facts: { ...held(configuration, at), ...(facts ?? asked) },
    now: at,
    readAt: at,
    ...more,
  };
  const [only, second] = lastWindows(situation) ?? [];
  assert.ok(only && !second);
  const { window, outcome, reason, message } = only;
  const times = window && `${window.localStart} – ${window.localEnd.slice(11)}`;
  return [times, outcome, reason, inEnglish(message)];
}

const lastNight = "2026-11-22 22:00 – 03:00";

describe("in the last window that has closed", () => {
  it("an upgrade ran, with its version and its end", () => {
    const upgradeHistory = [
      upgrade("2026-11-22T22:04:00.1234567+00:00", "2026-11-22T23:10:00Z"),
      upgrade("2026-10-20T22:04:00Z", "2026-10-20T23:10:00Z"),
    ];
    assert.deepEqual(described({ facts: { upgradeHistory } }), [
      lastNight,
      "upgraded",
      undefined,
      "Open: an OS upgrade to 24.04.202611200 ran. Upgrade completed: 4 of 4 instances.",
    ]);
  });

  it("an upgrade ran also where the set has been set otherwise since", () => {
    const upgradeHistory = [upgrade("2026-11-22T22:04:00Z", "2026-11-22T23:10:00Z")];
    assert.equal(described({ wish: { upgrades: false }, facts: { upgradeHistory } })[1], "upgraded");
  });

  it("an upgrade failed, and why", () => {
    const error = { code: "RollingUpgradeTimeoutError", message: "Timed out." };
    const upgradeHistory = [upgrade("2026-11-23T02:59:00Z", "2026-11-23T04:00:00Z", { error }, "Faulted")];
    const [, outcome, , text] = described({ facts: { upgradeHistory } });
    assert.equal(outcome, "upgraded");
    assert.match(String(text), /^Open: an OS upgrade to 24\.04\.202611200 ran\. Upgrade failed/);
  });

  it("an upgrade that someone started by hand, one that had begun before, and one that still runs", () => {
    const byHand = [upgrade("2026-11-22T22:04:00Z", "2026-11-22T23:10:00Z", { startedBy: "User" })];
    assert.match(String(described({ facts: { upgradeHistory: byHand } })[3]), /started by hand, ran/);
    const before = [upgrade("2026-11-22T21:00:00Z", "2026-11-22T22:10:00Z")];
    assert.match(String(described({ facts: { upgradeHistory: before } })[3]), /started earlier, was running/);
    const running = upgrade("2026-11-22T22:04:00Z", undefined, {}, "RollingForward");
    assert.match(
      String(described({ facts: { upgradeHistory: [running] } })[3]),
      /ran\. It's still running\./,
    );
  });

  it("a rolling upgrade that the history of OS upgrades does not have, and one of no known version", () => {
    const rollingUpgrade = upgrade("2026-11-22T22:04:00Z");
    assert.match(
      String(described({ facts: { upgradeHistory: [], rollingUpgrade } })[3]),
      /^Open: a rolling upgrade ran\. It isn't in Azure's OS upgrade history\. /,
    );
    const history = [upgrade("2026-11-22T22:04:00Z", undefined, { targetImageReference: {} })];
    assert.match(
      String(described({ facts: { upgradeHistory: history, rollingUpgrade } })[3]),
      /an OS upgrade ran\. Azure doesn't say to which version/,
    );
  });

  it("one that ended before the window opened, or began after it closed, did not run in it", () => {
    const upgradeHistory = [
      upgrade("2026-11-23T03:00:00Z", "2026-11-23T04:00:00Z"),
      upgrade("2026-11-22T20:00:00Z", "2026-11-22T22:00:00Z"),
    ];
    assert.equal(described({ facts: { upgradeHistory } })[1], "nothing");
  });
});

describe("nothing started", () => {
  it("because the set was associated later", () => {
    const assignments = [
      {
        // Azure writes ids in any casing.
        properties: { maintenanceConfigurationId: configurationIdOf("nightly").toUpperCase() },
        systemData: { createdAt: "2026-11-23T08:00:00Z" },
      },
    ];
    assert.deepEqual(described({ assignments, wish: { upgrades: false } }), [
      lastNight,
      "nothing",
      "associatedLater",
      "Open, no upgrade started. The scale set was associated later, on 2026-11-23 08:00 UTC.",
    ]);
    const [known] = assignments;
    const earlier = [{ ...known, systemData: { createdAt: "2026-11-01T08:00:00Z" } }];
    assert.equal(described({ assignments: earlier, wish: { upgrades: false } })[2], "off");
  });

  it("because upgrades are off, whatever else blocks", () => {
    assert.deepEqual(described({ wish: { upgrades: false, extensions: [] } }), [
      lastNight,
      "nothing",
      "off",
      "Open, no upgrade started. Automatic OS upgrades are off.",
    ]);
  });

  it("because a condition that Azure insists on is not met", () => {
    const [, outcome, reason, text] = described({ wish: { extensions: [] } });
    assert.deepEqual([outcome, reason], ["nothing", "blocked"]);
    assert.match(String(text), /^Open, no upgrade started. Azure can't tell whether instances are healthy/);
  });

  it("because upgrades wait for an approval", () => {
    const automaticOSUpgradePolicy = { enableAutomaticOSUpgrade: true, osRollingUpgradeDeferral: true };
    const wish = { properties: { upgradePolicy: { mode: "Manual", automaticOSUpgradePolicy } } };
    assert.equal(described({ wish })[2], "deferred");
  });

  it("because every instance runs the newest image", () => {
    const instances = [{ properties: { storageProfile: { imageReference: { exactVersion: newest } } } }];
    assert.deepEqual(described({ facts: { ...asked, ...behind, instances } }).slice(1), [
      "nothing",
      "current",
      "Open, no upgrade started. All instances run the latest image, 24.04.202611200.",
    ]);
  });

  it("but not because of that where an upgrade has run since: then the instances were others", () => {
    const instances = [{ properties: { storageProfile: { imageReference: { exactVersion: newest } } } }];
    const upgradeHistory = [upgrade("2026-11-23T05:00:00Z", "2026-11-23T06:00:00Z")];
    assert.deepEqual(described({ facts: { ...behind, instances, upgradeHistory } }).slice(1), [
      "nothing",
      "upgradedLater",
      "Open, no upgrade started. The reason is unknown: an upgrade has run since, on 2026-11-23 05:00 UTC.",
    ]);
  });

  it("for a reason that nothing tells", () => {
    assert.deepEqual(described({ facts: { ...asked, ...behind } }).slice(1, 3), ["nothing", "unknown"]);
    assert.deepEqual(described().slice(1, 3), ["nothing", "unknown"]);
  });
});

describe("it can't be told", () => {
  it("where Azure was not asked, or did not answer", () => {
    assert.deepEqual(described({ facts: {} }).slice(1, 3), ["unknown", "notRead"]);
    assert.deepEqual(described({ facts: asked, readAt: undefined }).slice(1, 3), ["unknown", "notRead"]);
    assert.deepEqual(described({ facts: {}, unread: verbatim("You may not read it.") }).slice(1), [
      "unknown",
      "notRead",
      "Unknown: the upgrades of this scale set couldn't be loaded. You may not read it.",
    ]);
  });

  it("where Azure was asked before the window closed", () => {
    assert.deepEqual(described({ readAt: "2026-11-23T02:59:00Z" }).slice(1), [
      "unknown",
      "readTooEarly",
      "Unknown: last refreshed on 2026-11-23 02:59 UTC, before the window closed.",
    ]);
  });

  it("where the history does not reach back that far, unless the latest upgrade is older", () => {
    const at = (day: number) => upgrade(`2026-11-${day}T05:00:00Z`, `2026-11-${day}T06:00:00Z`);
    const upgradeHistory = [22, 21, 20, 19, 18].map(at);
    const configuration = nightly({ recurEvery: "Week Saturday", startDateTime: "2026-01-03 22:00" });
    const saturday = (facts: EligibilityFacts) =>
      described({ configuration, facts, wish: { upgrades: false } });
    assert.deepEqual(saturday({ upgradeHistory }).slice(0, 3), [
      "2026-11-21 22:00 – 03:00",
      "nothing",
      "off",
    ]);
    const later = upgradeHistory.map(() => at(22));
    assert.deepEqual(saturday({ upgradeHistory: later }).slice(1, 3), ["unknown", "historyTooShort"]);
    assert.deepEqual(saturday({ rollingUpgrade: at(22) }).slice(1, 3), ["unknown", "historyTooShort"]);
    assert.deepEqual(saturday({ rollingUpgrade: at(20) }).slice(1, 3), ["nothing", "off"]);
    assert.deepEqual(saturday({ rollingUpgrade: null }).slice(1, 3), ["nothing", "off"]);
    const rare = nightly({ recurEvery: "Month First Sunday", startDateTime: "2026-01-04 22:00" });
    const old = described({
      configuration: rare,
      now: "2026-12-05T00:00:00Z",
      facts: { upgradeHistory: [] },
    });
    assert.deepEqual(old.slice(0, 2), ["2026-11-01 22:00 – 03:00", "nothing"]);
    const yearly = nightly({ recurEvery: "4Months day1", startDateTime: "2026-01-01 22:00" });
    assert.deepEqual(described({ configuration: yearly, facts: { upgradeHistory: [] } }).slice(0, 3), [
      "2026-09-01 22:00 – 03:00",
      "unknown",
      "historyTooShort",
    ]);
  });

  it("where the configuration was created or changed after the window opened", () => {
    const systemData = { createdAt: "2026-01-01T00:00:00Z", lastModifiedAt: "2026-11-23T08:00:00Z" };
    assert.deepEqual(described({ configuration: nightly({}, { systemData }) }).slice(0, 3), [
      lastNight,
      "unknown",
      "configurationChanged",
    ]);
    const earlier = { ...systemData, lastModifiedAt: "2026-11-22T08:00:00Z" };
    assert.equal(described({ configuration: nightly({}, { systemData: earlier }) })[1], "nothing");
  });

  it("where the configuration is paused, not understood, or opens no window", () => {
    const paused = nightly(
      { startDateTime: "2026-12-10 22:00" },
      { tags: { [pauseTag]: "2026-01-01 22:00" } },
    );
    assert.deepEqual(described({ configuration: paused }).slice(0, 3), [
      undefined,
      "unknown",
      "configuration",
    ]);
    assert.match(String(described({ configuration: paused })[3]), /^Paused until 2026-12-10\. /);
    const strange = nightly({ recurEvery: "Fortnight" });
    assert.deepEqual(described({ configuration: strange }).slice(0, 3), [
      undefined,
      "unknown",
      "configuration",
    ]);
    const expired = nightly({ expirationDateTime: "2026-02-01 00:00" });
    assert.deepEqual(described({ configuration: expired }).slice(0, 3), [undefined, "none", "configuration"]);
  });
});

it("no window has closed before the first one has", () => {
  const configuration = nightly({ startDateTime: "2026-11-23 22:00" });
  assert.deepEqual(described({ configuration }), [undefined, "none", undefined, "No window has closed yet."]);
  // One that is open now has not closed.
  const open = nightly({ startDateTime: "2026-11-23 07:00" });
  assert.deepEqual(described({ configuration: open }).slice(0, 2), [undefined, "none"]);
});

it("of a window whose start came twice the later end counts", () => {
  const configuration = nightly({ startDateTime: "2026-01-01 02:30", timeZone: "W. Europe Standard Time" });
  // Opens at 00:30 or 01:30 UTC on 25 October, for five hours.
  const window = (at: string) => described({ configuration, now: at })[0];
  assert.equal(window("2026-10-25T06:00:00Z"), "2026-10-24 02:30 – 07:30");
  assert.equal(window("2026-10-25T06:30:00Z"), "2026-10-25 02:30 – 06:30");
});

it("there is an entry for each configuration for OS images, and none where they are not known", () => {
  const other = nightly(
    { startDateTime: "2026-01-01 10:00" },
    { id: configurationIdOf("noon"), name: "noon" },
  );
  const guest = { id: configurationIdOf("guest"), properties: { maintenanceScope: "InGuestPatch" } };
  const configurations = [nightly(), other, guest].flatMap((one) => held(one).configurations ?? []);
  const situation = { scaleSet: scaleSet(), now, readAt: now };
  const found = lastWindows({ ...situation, facts: { configurations } });
  assert.deepEqual(
    found?.map(({ configuration, window }) => [configuration, window?.localStart]),
    [
      ["nightly", "2026-11-22 22:00"],
      ["noon", "2026-11-22 10:00"],
    ],
  );
  assert.deepEqual(lastWindows({ ...situation, facts: { configurations: [] } }), []);
  assert.equal(lastWindows({ ...situation, facts: {} }), undefined);
});
