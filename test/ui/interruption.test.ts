import { test } from "node:test";
import { leavesNothingBehind } from "../support/interruption.ts";

const linux = { skip: process.platform === "linux" ? false : "needs /proc" };

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} to npm start ends the VS Code server and the sandbox`, linux, () =>
    leavesNothingBehind(["node", "scripts/run.mjs", "start"], /Ctrl-C/, signal),
  );
}
