import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { putConfiguration } from "../support/configurations.ts";
import { eventually } from "../support/eventually.ts";
import { hostileName, hostileNameShown, showsOnly } from "../support/hostileName.ts";
import { idIn } from "../support/ids.ts";
import { takePicture, tellFailures } from "../support/pictures.ts";
import { reading } from "../support/reading.ts";
import { openSandboxWorkbench, type SandboxWorkbench } from "../support/sandboxWorkbench.ts";
import type { Workbench } from "../support/workbench.ts";

const linux = { skip: process.platform === "linux" ? false : "needs /proc", timeout: 300_000 };
/** Marks the processes of this server. */
const [name, mark] = ["TWO_WINDOWS_TEST", randomUUID()];
/** The shortest that the setting takes, in seconds. */
const silenceSeconds = 15;

let opened: SandboxWorkbench;
/** Those that are open. */
const windows: Workbench[] = [];
before(
  async () => {
    const settings = { "scaleSetMaintenance.takeOverAfter": silenceSeconds };
    opened = await openSandboxWorkbench({ env: { [name]: mark }, settings });
    windows.push(opened.workbench);
    await prepare(opened.workbench);
  },
  { timeout: 120_000 },
);
tellFailures(() => windows);
after(async () => {
  for (const window of windows) if (window !== opened.workbench) await window[Symbol.asyncDispose]();
  await opened?.[Symbol.asyncDispose]();
});

async function prepare(workbench: Workbench): Promise<void> {
  await workbench.openContainer("Scale Set Maintenance");
  await workbench.widenSideBar(640);
  await workbench.setOpen("Upcoming Windows", false);
  await workbench.setOpen("Activity", true);
  await workbench.tree("Fleet").row("Contoso Production");
  await workbench.page.mouse.move(1000, 700); // where it hovers over nothing
}

/** One that comes after much work. */
async function toastAtLast(workbench: Workbench, text: RegExp): Promise<void> {
  await eventually(() => workbench.toast(text), 90_000);
}

/** The extension hosts of the server, one for each window. */
function extensionHosts(): readonly number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes("--type=extensionHost"))
    .filter((pid) => read(`/proc/${pid}/environ`).includes(`${name}=${mark}`))
    .map(Number);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // the process has ended
  }
}

interface Recorded {
  readonly method: string;
  readonly path: string;
}

async function writes(): Promise<readonly string[]> {
  const { value } = await get<{ value: readonly Recorded[] }>(opened.sandbox, "/sandbox/requests");
  return value
    .filter(({ method }) => method === "PUT" || method === "DELETE")
    .map(({ method, path }) => `${method} ${path}`);
}

const sets = ["web", "api", "checkout", "search", "cache", "worker", "orders", "payments", "transcode"].map(
  (each) => `vmss-${each}-prod`,
);
const more = ["reporting", "batch", "ledger", "archive", "gateway"].map((each) => `vmss-${each}-prod`);

test(
  "a plan runs in one window, is seen and not touched by another, and goes on there once the first is killed: each change is sent once",
  linux,
  async () => {
    const { workbench: first, sandbox } = opened;
    const staging = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-");
    await putConfiguration(sandbox, `${staging.slice(0, -3)}${encodeURIComponent(hostileName)}`);
    await reading({ workbench: first, sandbox }, () => first.run("Scale Set Maintenance: Refresh"));
    const ids = (
      await get<{ value: readonly { id: string; name: string }[] }>(
        sandbox,
        `/subscriptions/${sandbox.subscriptions.find(({ displayName }) => displayName === "Contoso Production")?.subscriptionId}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2024-07-01`,
      )
    ).value.filter((set) => [...sets, ...more].includes(set.name));
    assert.ok(ids.length > 10);
    // Each is applied at once, and answered a minute later: eight are sent, the others wait.
    const { status } = await ask(sandbox, "POST", "/sandbox/faults", [
      {
        match: { method: "PUT", path: "/configurationAssignments/" },
        times: "always",
        do: { delayMs: 120_000 },
      },
    ]);
    assert.equal(status, 204);
    await ask(sandbox, "DELETE", "/sandbox/requests");
    await first.run("Scale Set Maintenance: Associate Scale Sets");
    await first.quickInput.step("Choose scale sets");
    await first.quickInput.button("Paste Resource IDs…");
    await first.quickInput.step("Resource IDs");
    await first.quickInput.enter(ids.map(({ id }) => id).join(" "));
    await first.quickInput.step("Choose a configuration");
    await first.quickInput.input.fill("gpj");
    await first.quickInput.widget.locator(".monaco-list-row", { hasText: "gpj" }).first().click();
    await first.quickInput.step("Review");
    await takePicture(first, "review", [undefined]);
    await first.quickInput.apply();
    await eventually(async () => assert.equal((await writes()).length, 8), 30_000);
    await first.tree("Activity").row(/^Plan: .*, running, 0 of \d+ changes done/);
    await takePicture(first, "running");
    const hosts = extensionHosts();
    assert.equal(hosts.length, 1);

    const second = await first.another();
    windows.push(second);
    await prepare(second);
    const activity = second.tree("Activity");
    await activity.row(/^Plan: .*running in another window/);
    await activity.contextMenu(/^Plan: .*running in another window/, "Resume Interrupted Changes");
    assert.match(
      await second.toast("Another window is applying these changes"),
      /It last responded \d s ago/,
    );
    await takePicture(second, "elsewhere");
    await second.clearToasts();

    windows.shift();
    // Stopped first, so that it can't leave its plan in order.
    for (const pid of hosts) process.kill(pid, "SIGSTOP");
    await first.page.close();
    for (const pid of hosts) process.kill(pid, "SIGKILL");
    await ask(sandbox, "DELETE", "/sandbox/faults");
    await toastAtLast(second, /Interrupted: /); // no earlier than it has been silent for as long as the setting says
    await activity.row(/^Plan: .*, interrupted/);
    await takePicture(second, "interrupted");
    assert.equal((await writes()).length, 8, "nothing is sent before it is confirmed");
    await second.answerToast("Interrupted: ", "Resume");
    assert.match(await second.dialog(), /Take over/);
    await showsOnly(second.page.locator(".monaco-dialog-box"), hostileNameShown);
    await takePicture(second, "take-over", ["dark"]);
    await second.answerDialog("Take Over");
    await toastAtLast(second, /\d+ changes done/);
    const sent = await writes();
    assert.ok(sent.length > 8);
    assert.deepEqual(sent.length, new Set(sent).size, "each is sent once");
    await activity.row(/^Plan: .*, Sandbox, \d+ changes done/);
    await takePicture(second, "done", ["dark"]);
    await second.clearToasts();

    // And back again: what was associated is taken off, what was moved leads where it led.
    await ask(sandbox, "DELETE", "/sandbox/requests");
    await activity.contextMenu(/^Plan: /, "Undo Changes…");
    // All that it would take back is read first.
    await eventually(() => second.quickInput.step("Review"), 60_000);
    await takePicture(second, "undo-review");
    await second.quickInput.apply();
    await toastAtLast(second, /\d+ changes done/);
    assert.deepEqual((await writes()).length, sent.length);
    await activity.row(/^Plan: Undo: /);
    await takePicture(second, "undone", ["dark"]);
  },
);
