import assert from "node:assert/strict";
import { test } from "node:test";
import { Telemetry, type Reporter, type TelemetryOptions } from "../../../src/telemetry/client.ts";

type Sent = Parameters<Reporter["sendTelemetryEvent"]>;

function recorder(options: Partial<TelemetryOptions>) {
  const sent: Sent[] = [];
  const keys: string[] = [];
  const warnings: string[] = [];
  const state = { disposed: 0 };
  const ignore = () => undefined;
  const telemetry = new Telemetry({
    key: "InstrumentationKey=k",
    isEnabled: () => true,
    openReporter: async (key) => {
      keys.push(key);
      return {
        sendTelemetryEvent: (...event: Sent) => sent.push(event),
        dispose: async () => (state.disposed += 1),
      };
    },
    log: { trace: ignore, debug: ignore, info: ignore, warn: (line) => warnings.push(line), error: ignore },
    ...options,
  });
  const refresh = () =>
    telemetry.send(
      "command",
      { command: "refresh", outcome: "done", problem: "none", origin: "sandbox" },
      { durationMs: 12 },
    );
  return { telemetry, refresh, sent, keys, warnings, state };
}

test("without a key the reporter is not even loaded", async () => {
  const { telemetry, refresh, keys } = recorder({ key: undefined });
  refresh();
  await telemetry.dispose();
  assert.deepEqual(keys, []);
});

test("while the user allows no telemetry the reporter is not loaded, and what she did meanwhile is never sent", async () => {
  let enabled = false;
  const { telemetry, refresh, keys, sent } = recorder({ isEnabled: () => enabled });
  refresh();
  assert.deepEqual(keys, []);
  enabled = true;
  refresh();
  await telemetry.dispose();
  assert.equal(sent.length, 1);
});

test("one reporter carries every event, with its properties and measurements", async () => {
  const { telemetry, refresh, keys, sent, state } = recorder({});
  refresh();
  telemetry.send(
    "plan",
    { origin: "azure" },
    {
      done: 3,
      underWay: 0,
      notConfirmed: 2,
      changedBySomeoneElse: 1,
      failed: 1,
      skipped: 0,
      durationMs: 900,
    },
  );
  await telemetry.dispose();
  assert.deepEqual(keys, ["InstrumentationKey=k"]);
  assert.deepEqual(sent, [
    [
      "command",
      { command: "refresh", outcome: "done", problem: "none", origin: "sandbox" },
      { durationMs: 12 },
    ],
    [
      "plan",
      { origin: "azure" },
      {
        done: 3,
        underWay: 0,
        notConfirmed: 2,
        changedBySomeoneElse: 1,
        failed: 1,
        skipped: 0,
        durationMs: 900,
      },
    ],
  ]);
  assert.equal(state.disposed, 1);
});

test("a reporter that cannot be loaded is a line in the log and disturbs nobody", async () => {
  const { telemetry, refresh, warnings } = recorder({
    openReporter: () => Promise.reject(new Error("no such file")),
  });
  refresh();
  await telemetry.dispose();
  assert.deepEqual(warnings, ["Telemetry is off in this window: Error: no such file"]);
});
