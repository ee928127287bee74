import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type { KeptAttempt } from "../../../../src/fleet/upgrades/history.ts";
import { historyPage, historyTitle } from "../../../../src/report/upgrades/historyPage.ts";
import type { HistoryPage } from "../../../../src/report/upgrades/historyPage.ts";
import { historyColumns, historyRecord, historyRow } from "../../../../src/report/upgrades/historyRecords.ts";
import { problem } from "../../fleet/fakes.ts";
import { insideWindow } from "../../../../src/core/windows/insideWindow.ts";
import type { HistorySources } from "../../../../src/report/upgrades/historyRecords.ts";
import * as fake from "../../fleet/fakes.ts";
import { fleetOf } from "../plans/support.ts";
import { frame, linksOf, now, textOf, wording } from "../support.ts";

const idOf = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
const web = idOf("web");
const api = idOf("api");

function kept(scaleSetId: string, code: string, startTime: string, more: JsonObject = {}): KeptAttempt {
  const runningStatus = { code, startTime, endTime: "2026-11-22T23:05:00Z" };
  const progress = { successfulInstanceCount: 4, failedInstanceCount: 1 };
  const upgrade = { properties: { runningStatus, progress, startedBy: "Platform", ...more } };
  return { scaleSetId, seenAt: "2026-11-23T05:00:00Z", upgrade };
}
const failed = kept(web, "Faulted", "2026-11-22T22:00:00Z", {
  error: { code: "RollingUpgradeTimeoutError", message: "<b>Too long</b>" },
  targetImageReference: { version: "22.04.202610100" },
});

const sources = (snapshot = fleetOf()): HistorySources => ({
  snapshot,
  isInside: insideWindow,
  wording: { say: inEnglish, zone: "Europe/Berlin" },
});

const page = (over: Partial<HistoryPage> = {}): HistoryPage => ({
  scaleSetIds: [web],
  missing: [],
  attempts: [failed],
  unread: new Map(),
  damaged: 0,
  origin: "azure",
  now,
  wording,
  ...over,
});
const pageHtml = (of: HistoryPage) => atOnce(historyPage(frame, of));
const text = (over: Partial<HistoryPage> = {}) => textOf(pageHtml(page(over)));

describe("the page of one set", () => {
  test("tells of each attempt when, how it ended, what to do, and Azure's own words", () => {
    const says = text();
    for (const part of [
      /Upgrade History of web/,
      /Sun, Nov 22, 2026, 22:00 · ✕\s*Failed/,
      /Upgrade failed: 4 of 5 instances upgraded, 1 failed\. The upgrade took longer than Azure allows\./,
      /What to do: Check for instances that don't become healthy/,
      /Started by Platform/,
      /Target version 22\.04\.202610100/,
      /Duration 1 h 5 min/,
      /Azure says RollingUpgradeTimeoutError: <b>Too long<\/b>/,
    ])
      assert.match(says, part);
    assert.doesNotMatch(pageHtml(page()), /<b>/);
  });

  const cancelled = (instances: number) =>
    kept(web, "Cancelled", "2026-11-22T22:00:00Z", {
      error: {
        code: "RollingUpgradeCanceled",
        message: "It was cancelled.",
        details: Array.from({ length: instances }, (_, instance) => ({
          code: "RollingUpgradeCanceled",
          message: "<b>Not upgraded.</b>",
          target: `${instance}`,
        })),
      },
    });

  test("shows the details of an error, each with its code and what it is about, and counts those of many", () => {
    const attempts = [cancelled(2)];
    assert.match(
      text({ attempts }),
      /Details <b>Not upgraded\.<\/b> \(RollingUpgradeCanceled, 0\) <b>Not upgraded\.<\/b> \(RollingUpgradeCanceled, 1\)/,
    );
    assert.doesNotMatch(pageHtml(page({ attempts })), /<b>/);
    assert.match(text({ attempts: [cancelled(23)] }), /RollingUpgradeCanceled, 19\)\s*and 3 more/);
    assert.equal(
      historyRecord(cancelled(2), sources()).errorDetails,
      "<b>Not upgraded.</b> (RollingUpgradeCanceled, 0); <b>Not upgraded.</b> (RollingUpgradeCanceled, 1)",
    );
  });

  test("tells of a window that closed with its counts, and points at no failed instances", () => {
    const progress = { successfulInstanceCount: 28, failedInstanceCount: 0, pendingInstanceCount: 12 };
    const error = { code: "RollingUpgradeBatchStartTimeNotWithinScheduledWindows", message: "Over." };
    const says = text({ attempts: [kept(web, "Faulted", "2026-11-22T22:00:00Z", { progress, error })] });
    assert.match(says, /closed before all batches had started: 28 of 40 instances upgraded, 12 not\./);
    assert.match(says, /What to do: Lengthen the window/);
    assert.doesNotMatch(says, /failed instances|instance view/);
  });

  test("tells of one that ran when it was read last", () => {
    const running = kept(web, "RollingForward", "2026-11-22T22:00:00Z");
    assert.match(text({ attempts: [running] }), /Running when last checked/);
  });

  test("says what is kept where there is nothing, and offers no export", () => {
    const markup = pageHtml(page({ attempts: [] }));
    assert.match(textOf(markup), /No known upgrades\. Azure keeps the last 5 attempts/);
    assert.deepEqual(
      linksOf(markup).map(({ command }) => command),
      ["scaleSetMaintenance.explainEligibility"],
    );
  });
});

describe("the page of several sets", () => {
  const both = { scaleSetIds: [web, api], missing: [api], attempts: [failed] };

  test("sums up, names the set of each attempt and those that are missing", () => {
    const says = text(both);
    assert.match(says, /Upgrade History of 2 Scale Sets/);
    assert.match(says, /api no longer in the fleet – – 0/);
    assert.match(says, /22:00 · web · ✕/);
  });

  test("explains only those that are there, and exports all", () => {
    const links = linksOf(pageHtml(page(both)));
    const argsOf = (name: string) => links.find(({ command }) => command.endsWith(`.${name}`))?.args;
    assert.deepEqual(argsOf("explainEligibility"), [{ kind: "scaleSet", resourceId: web }]);
    assert.deepEqual(argsOf("exportUpgradeHistory")?.[1], [
      { kind: "scaleSet", resourceId: web },
      { kind: "scaleSet", resourceId: api },
    ]);
  });

  test("of a long time shows the latest and says how many there are", () => {
    const attempts = Array.from({ length: 501 }, () => failed);
    const markup = pageHtml(page({ attempts }));
    assert.match(textOf(markup), /Showing the first 500 of 501\. Export to see all\./);
    assert.equal(markup.match(/<time>/g)?.length, 500);
  });
});

test("what could not be read is said: of Azure and of the file", () => {
  const says = text({ unread: new Map([[web, problem()]]), damaged: 2 });
  assert.match(says, /Couldn't refresh these.*web ?: Azure denied access\./);
  assert.match(says, /2 saved history entries couldn't be read/);
  assert.doesNotMatch(text(), /couldn't be read|Couldn't refresh/);
});

test("the sandbox is named", () => {
  assert.match(text({ origin: "sandbox" }), /Sandbox: sample data/);
});

test("the title names one set or counts them", () => {
  assert.equal(inEnglish(historyTitle(page())), "Upgrade History of web");
});

test("a record has a value for every column, and says what Azure did not as empty", () => {
  const record = historyRecord(failed, sources());
  assert.deepEqual(historyColumns, [...Object.keys(record), "statusLabel"]);
  assert.equal(historyRow(failed, sources()).length, historyColumns.length);
  assert.equal(historyRow(failed, sources()).at(-1), "Failed");
  assert.equal(record.errorCode, "RollingUpgradeTimeoutError");
  assert.equal(record.targetVersion, "22.04.202610100");
  assert.match(record.meaning, /^Upgrade failed/);
  const bare = historyRecord({ ...failed, upgrade: {} }, sources());
  assert.deepEqual([bare.status, bare.started, bare.errorCode, bare.successful], ["", "", "", 0]);
});

test("a record has times with their offset, and whether the upgrade began and ended inside a window", () => {
  const nightly = (duration: string) =>
    fake.configuration("s", "mc-nightly", {
      startDateTime: "2026-11-01 22:00",
      duration,
      timeZone: "UTC",
      recurEvery: "Day",
    });
  const windowsOf = (attempt: KeptAttempt, snapshot = fleetOf([web, [nightly("05:00")]])) => {
    const { startedInWindow, endedInWindow, windowReason, configuration } = historyRecord(
      attempt,
      sources(snapshot),
    );
    return [startedInWindow, endedInWindow, windowReason, configuration];
  };
  const record = historyRecord(failed, sources(fleetOf([web, [nightly("05:00")]])));
  assert.deepEqual(
    [record.started, record.ended, record.seen, record.windowTimeZone],
    ["2026-11-22T23:00:00+01:00", "2026-11-23T00:05:00+01:00", "2026-11-23T06:00:00+01:00", "UTC"],
  );
  assert.deepEqual(windowsOf(failed), ["inside", "inside", "", "mc-nightly"]);
  assert.deepEqual(windowsOf(failed, fleetOf([web, [nightly("01:00")]])), [
    "inside",
    "outside",
    "",
    "mc-nightly",
  ]);
  assert.deepEqual(windowsOf(kept(web, "Completed", "2026-11-22T12:00:00Z")), [
    "outside",
    "inside",
    "",
    "mc-nightly",
  ]);
  assert.deepEqual(windowsOf(kept(web, "RollingForward", "2026-11-22T22:00:00Z")), [
    "inside",
    "",
    "",
    "mc-nightly",
  ]);
  const none = "No maintenance configuration";
  assert.deepEqual(windowsOf(failed, fleetOf([web, []])), ["outside", "outside", none, ""]);
  const notLoaded = "The scale set isn't loaded";
  assert.deepEqual(windowsOf(failed, fleetOf()), ["unknown", "unknown", notLoaded, ""]);
  const early = kept(web, "Completed", "2026-10-01T22:00:00Z");
  assert.match(windowsOf(early)[2] ?? "", /starts on 2026-11-01 22:00/);
  const two = fleetOf([web, [nightly("01:00"), { ...nightly("05:00"), id: `${nightly("05:00").id}-2` }]]);
  assert.deepEqual(windowsOf(failed, two).slice(0, 2), ["inside", "unknown"]);
});

test("a record says through which tenant and account the set is read", () => {
  const subscriptions = new Map([["s", { subscription: fake.subscriptionA }]]);
  const snapshot = { ...fleetOf(), subscriptions: subscriptions as never };
  const { tenantId, account } = historyRecord(failed, sources(snapshot));
  assert.deepEqual([tenantId, account], ["t1", "megan@contoso.com"]);
});
