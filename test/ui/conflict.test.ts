import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

/** Takes the deletion of a configuration to its review, lets someone else tag the configuration, and applies it. */
async function deleteWhileTagged(tag: string, again = false): Promise<void> {
  const { workbench, sandbox, tree } = shared();
  const { quickInput } = workbench;
  const daily = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-staging-daily");
  await tree.expandPath("Contoso Staging", "Maintenance configurations");
  await tree.contextMenu("mc-staging-daily", "Delete Configuration");
  if (again) {
    await quickInput.step("Continue where you left off?");
    await quickInput.pick("Start over");
  }
  await quickInput.step("Affected scale sets");
  await quickInput.pick("Delete anyway");
  await quickInput.step("Review");
  const path = `${daily}?api-version=2023-04-01`;
  const resource = await get<{ tags?: object }>(sandbox, path);
  await ask(sandbox, "PUT", path, { ...resource, tags: { ...resource.tags, freeze: tag } });
  await quickInput.apply(/\b1 change\b/, "Delete");
}

/** What the diff editor shows, on one side or on two. */
async function compared(): Promise<string> {
  const text = await shared().workbench.page.locator(".monaco-diff-editor").innerText();
  return text.replaceAll("\u00a0", " ");
}

test("a deletion that would take someone else's change along stops, and its notification shows both", async () => {
  await shared().begin();
  const { workbench, tree, picture } = shared();
  await deleteWhileTagged("december");
  const changed = /Someone else changed mc-staging-daily after your review/;
  assert.match(await workbench.toast(changed), /^Sandbox: 0 of 1 changes done, 1 changed by someone else/);
  await picture("conflict");
  await workbench.answerToast(changed, "Show Both");
  await eventually(async () => assert.match(await compared(), /"freeze": "december"/));
  await picture("conflict-both");
  await tree.row("mc-staging-daily");
});

test("the results say what differs, and offer to show both as often as one likes", async () => {
  const { workbench, picture } = shared();
  await deleteWhileTagged("january", true);
  await workbench.answerToast(/Nothing was sent/, "Show Results");
  const page = await workbench.webPage("Results: Delete");
  await page.getByText(/tags\.freeze: "december" → "january"/).waitFor();
  await picture("conflict-results");
  await page.getByRole("link", { name: "Review Again" }).waitFor();
  for (const _ of [1, 2]) {
    await page.getByRole("link", { name: "Show Both" }).click();
    await eventually(async () => assert.match(await compared(), /"freeze": "january"/));
    await workbench.run("View: Close Editor");
  }
});
