import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { textAt } from "../../../../src/core/resources/json.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { UpgradeHistory } from "../../../../src/fleet/upgrades/history.ts";
import type { HistoryFile } from "../../../../src/fleet/upgrades/history.ts";

const web = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web";
const now = "2026-11-23T09:00:00Z";

class File implements HistoryFile {
  text: string;
  failsToRead = false;
  failsToAppend = false;
  constructor(text = "") {
    this.text = text;
  }
  async read(): Promise<string> {
    if (this.failsToRead) throw new Error("no access");
    return this.text;
  }
  async append(text: string): Promise<void> {
    if (this.failsToAppend) throw new Error("disk full");
    this.text += text;
  }
  get lines(): readonly JsonObject[] {
    return this.text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as JsonObject);
  }
}

interface Logged {
  readonly history: UpgradeHistory;
  readonly said: string[];
}

function open(file: HistoryFile): Logged {
  const said: string[] = [];
  const log = { error: (text: string) => void said.push(text), warn: (text: string) => void said.push(text) };
  return { history: new UpgradeHistory(file, () => now, log), said };
}

const attempt = (code: string, status: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  properties: {
    runningStatus: { code, startTime: "2026-11-22T22:00:00Z", ...status },
    progress: { successfulInstanceCount: 4 },
    ...more,
  },
});
const codeOf = ({ upgrade }: { readonly upgrade: JsonObject }) =>
  textAt(upgrade, "properties", "runningStatus", "code");

describe("what is kept", () => {
  it("is there for the next window, the latest first, each set's by itself", async () => {
    const file = new File();
    const { history } = open(file);
    await history.keep(web, [attempt("Completed")]);
    await history.keep(`${web}-2`, [attempt("Faulted", { startTime: "2026-11-23T01:00:00Z" })]);
    const next = open(file).history;
    await next.load();
    assert.deepEqual(next.attempts.map(codeOf), ["Faulted", "Completed"]);
    assert.deepEqual(
      next.attempts.map(({ scaleSetId, seenAt }) => [scaleSetId, seenAt]),
      [
        [`${web}-2`, now],
        [web, now],
      ],
    );
  });

  it("has an attempt once, however often and by whichever call it is read", async () => {
    const file = new File();
    const { history } = open(file);
    const latest = () => attempt("Completed", { lastAction: "Start" }, { error: null });
    const listed = () =>
      attempt("Completed", { startTime: "2026-11-22T22:00:00.000Z", endTime: "2026-11-22T23:00:00Z" });
    for (const read of [latest(), latest(), listed(), latest(), listed(), listed()]) {
      await history.keep(web, [read]);
    }
    assert.equal(file.lines.length, 2); // once as the one call tells it, once with what the other adds
    const next = open(file).history;
    await next.load();
    const [only, ...others] = next.attempts;
    assert.deepEqual(others, []);
    assert.equal(textAt(only?.upgrade, "properties", "runningStatus", "endTime"), "2026-11-22T23:00:00Z");
    assert.equal(textAt(only?.upgrade, "properties", "runningStatus", "lastAction"), "Start");
  });

  it("has one that runs from its first read on, and then its end, but not each step", async () => {
    const file = new File();
    const { history } = open(file);
    const running = (done: number) =>
      attempt("RollingForward", {}, { progress: { successfulInstanceCount: done } });
    for (const done of [0, 1, 2, 3]) await history.keep(web, [running(done)]);
    await history.keep(web, [attempt("Cancelled")]);
    await history.keep(web, [running(3)]); // an answer that was late
    assert.equal(file.lines.length, 2);
    assert.deepEqual(history.attempts.map(codeOf), ["Cancelled"]);
  });

  it("holds ids in any casing for one set", async () => {
    const { history } = open(new File());
    await history.keep(web, [attempt("Completed")]);
    await history.keep(web.toUpperCase(), [attempt("Completed")]);
    assert.equal(history.attempts.length, 1);
  });

  it("is told to listeners only where it is new", async () => {
    const { history } = open(new File());
    await history.load();
    let changes = 0;
    history.onDidChange(() => (changes += 1));
    await history.keep(web, [attempt("Completed")]);
    await history.keep(web, [attempt("Completed")]);
    assert.equal(changes, 1);
  });
});

describe("a file that is not as it should be", () => {
  const line = (id: string) => JSON.stringify({ id, seen: now, upgrade: attempt("Completed") });

  it("loses only the lines that are damaged, says how many and leaves them there", async () => {
    const text = `${line(web)}\n{"id":"half\n[]\n{"id":1}\n\n${line(`${web}-2`)}\n`;
    const file = new File(text);
    const { history, said } = open(file);
    await history.load();
    assert.equal(history.attempts.length, 2);
    assert.equal(history.damaged, 3);
    assert.match(said.join(), /can't be read: 3/);
    assert.equal(file.text, text);
  });

  it("that ends within a line gets new ones on lines of their own", async () => {
    const file = new File(`${line(web)}\n{"id":"ha`);
    await open(file).history.keep(`${web}-2`, [attempt("Faulted")]);
    const { history } = open(file);
    await history.load();
    assert.equal(history.attempts.length, 2);
    assert.equal(history.damaged, 1);
  });

  it("that can't be read is asked for again the next time", async () => {
    const file = new File(`${line(web)}\n`);
    file.failsToRead = true;
    const { history } = open(file);
    await assert.rejects(history.load(), /no access/);
    file.failsToRead = false;
    await history.load();
    assert.equal(history.attempts.length, 1);
  });

  it("that can't be written is logged, and what was read is there until the window closes", async () => {
    const file = new File();
    file.failsToAppend = true;
    const { history, said } = open(file);
    await history.keep(web, [attempt("Completed")]);
    assert.match(said.join(), /could not be kept: Error: disk full/);
    assert.equal(history.attempts.length, 1);
  });
});
