import { test } from "node:test";
import { leavesNothingBehind } from "../support/interruption.ts";

const linux = { skip: process.platform === "linux" ? false : "needs /proc" };
const ready = /"url"/;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const) {
  test(`${signal} to a running task ends all that it started`, linux, () =>
    leavesNothingBehind(["node", "scripts/run.mjs", "sandbox"], ready, signal),
  );
}

test("SIGTERM to npm ends all that a script started", linux, () =>
  leavesNothingBehind(["npm", "run", "sandbox"], ready, "SIGTERM"),
);

test("a watch that is interrupted leaves no build service", linux, () =>
  leavesNothingBehind(["node", "scripts/run.mjs", "watch"], /build finished/, "SIGTERM"),
);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} to npm start ends the VS Code server and the sandbox`, linux, () =>
    leavesNothingBehind(["node", "scripts/run.mjs", "start"], /Ctrl\+C/, signal),
  );
}
