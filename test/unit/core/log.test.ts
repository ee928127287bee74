import assert from "node:assert/strict";
import { test } from "node:test";
import { readableLog } from "../../../src/core/log.ts";
import { recordingLog } from "../azure/support.ts";

test("what comes from outside begins no line of the log", () => {
  const { log, lines } = recordingLog();
  const readable = readableLog(log);
  for (const level of ["trace", "debug", "info", "warn", "error"] as const)
    readable[level]("name\n2026-01-01 [info] forged\rand\u202Eturned");
  assert.deepEqual(
    lines,
    ["trace", "debug", "info", "warn", "error"].map(
      (level) => `${level} name\n  2026-01-01 [info] forged\n  and‹U+202E›turned`,
    ),
  );
});
