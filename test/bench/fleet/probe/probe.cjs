// Runs in the extension host beside the extension that is measured: has it read the fleet, and looks on from outside. It sees the rows that the
// Fleet view gives to VS Code, the requests that go to the sandbox, and when the event loop does not come back.
const { appendFileSync, existsSync, writeFileSync } = require("node:fs");
const { Session } = require("node:inspector/promises");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");
const vscode = require("vscode");
const { watchLoop } = require("./loop.cjs");
const { watchRequests, watchTree } = require("./watches.cjs");

/** How old the host is when it is asked for anything, in milliseconds. */
const startMs = 5000;
/** For how long nothing happens once the last state is known; what is saved is saved later. */
const quietMs = 1500;
/** When what was read has been saved too, counted from when the last state is known. */
const savedMs = 5000;

exports.activate = () => {
  const { PROBE_REPORT: report = "", PROBE_SANDBOX: sandbox = "", PROBE_PROFILE: profile } = process.env;
  const tree = watchTree();
  void measure(report, tree, watchRequests(sandbox), profile).catch((/** @type {unknown} */ error) =>
    appendFileSync(report, `${JSON.stringify({ error: String(error) })}\n`),
  );
};

/**
 * @param {string} report the file that takes a line for each reading
 * @param {ReturnType<typeof watchTree>} tree
 * @param {import("./watches.cjs").Watched} requests
 * @param {string | undefined} profile a folder that takes a CPU profile of each reading
 */
async function measure(report, tree, requests, profile) {
  await pause(Math.max(0, startMs - performance.now()));
  const session = profile === undefined ? undefined : new Session();
  setFlagsFromString("--expose-gc");
  const collect = /** @type {() => void} */ (runInNewContext("gc"));
  // For some time after a collection that was asked for V8 lets the heap grow by little, and marks all of it again and again: that is no part of a reading.
  const heapBytes = async () => {
    if (session === undefined) return NaN;
    for (let times = 0; times < 3; times++) {
      collect();
      await pause(20);
    }
    return process.memoryUsage().heapUsed;
  };
  const idleBytes = await heapBytes();
  session?.connect();
  await session?.post("Profiler.enable");

  /**
   * @param {string} phase
   * @param {string} command
   */
  const reading = async (phase, command) => {
    await session?.post("Profiler.start");
    const loop = watchLoop();
    const began = loop.begin();
    const lasts = [tree.begin(), requests.begin()];
    void vscode.commands.executeCommand(command).then(() => loop.touch());
    // VS Code has the rows already, so somebody else asks how soon the host would give them.
    if (phase !== "cold") setImmediate(() => void tree.ask());
    const lastOf = () => Math.max(loop.last().at, ...lasts.map((last) => last().at));
    while (requests.pending() > 0 || tree.pending() > 0 || performance.now() - lastOf() < quietMs)
      await pause(50);
    const settled = [loop.last(), ...lasts.map((last) => last())].reduce((a, b) => (b.at > a.at ? b : a));
    await pause(Math.max(0, settled.at + savedMs - performance.now()));
    const blocks = loop.end();
    if (session !== undefined) {
      const { profile: recorded } = await session.post("Profiler.stop");
      writeFileSync(`${profile}/${phase}.cpuprofile`, JSON.stringify(recorded));
    }
    const line = {
      phase,
      firstRowsMs: tree.firstRows() - began.at,
      settledMs: settled.at - began.at,
      cpuMs: settled.cpuMs - began.cpuMs,
      heapMB: ((await heapBytes()) - idleBytes) / 1e6,
      blocks,
    };
    appendFileSync(report, `${JSON.stringify(line)}\n`);
  };
  await reading("cold", "scaleSetMaintenance.fleet.focus");
  await reading("warm", "scaleSetMaintenance.refresh");
  while (!existsSync(`${report}.changed`)) await pause(50); // somebody else changes a set meanwhile
  await reading("changed", "scaleSetMaintenance.refresh");
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
