import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { packedExtension } from "../support/extension.ts";
import { tellFailures } from "../support/pictures.ts";
import { Workbench } from "../support/workbench.ts";

const setting = (name: string) => `scaleSetMaintenance.${name}`;

/** A window with the sandbox inside the extension open. */
async function openWindow(settings: Readonly<Record<string, unknown>> = {}): Promise<Workbench> {
  const workbench = await Workbench.open({
    extensions: [await packedExtension()],
    settings: { [setting("sandbox.openAtStartup")]: true, ...settings },
  });
  await workbench.openContainer("Scale Set Maintenance");
  return workbench;
}

describe("with the sandbox open", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWindow();
    await workbench.tree("Fleet").row("Contoso Production");
  });
  tellFailures(() => [workbench]);
  after(() => workbench[Symbol.asyncDispose]());

  /** Whether the palette, whose list shows no more than a dozen, offers the command. */
  const isOffered = async (name: string) =>
    (await workbench.paletteEntries(`Scale Set Maintenance: ${name}`)).includes(
      `Scale Set Maintenance: ${name}`,
    );
  const welcomeButton = (name: string) =>
    workbench.page.locator(".part.sidebar").getByRole("button", { name });

  test("Enter explains the focused scale set and does not expand it, F2 edits its upgrade policy", async () => {
    const tree = workbench.tree("Fleet");
    await tree.expandPath("Contoso Production", "Scale sets");
    await tree.select("vmss-payments-prod");
    await tree.select("vmss-payments-prod"); // a click expands, the second one collapses
    await workbench.page.keyboard.press("ArrowDown");
    await workbench.page.keyboard.press("F2");
    await workbench.quickInput.flow("Edit Upgrade Policy (Sandbox)");
    await workbench.quickInput.cancel();
    await tree.takesFocus();
    await workbench.page.keyboard.press("Enter");
    await workbench.webPage("Eligibility of vmss-transcode-prod");
    assert.equal(await (await tree.row("vmss-transcode-prod")).getAttribute("aria-expanded"), "false");
    await tree.contextMenu("vmss-transcode-prod", "View Properties");
    await eventually(async () => assert.match(await workbench.editorText(), /"name": "vmss-transcode-prod"/));
  });

  test("Delete takes the node that is focused, not the one that is selected", async () => {
    const tree = workbench.tree("Fleet");
    await tree.select("vmss-web-prod");
    await tree.select("vmss-web-prod");
    await workbench.page.keyboard.press("ArrowUp");
    await workbench.page.keyboard.press("Delete");
    await workbench.quickInput.flow("Remove Association (Sandbox)");
    const review = await eventually(async () => {
      const rows = (await workbench.quickInput.rows()).join("\n");
      assert.match(rows, /vmss-api-prod/);
      return rows;
    });
    assert.doesNotMatch(review, /vmss-web-prod/);
    await workbench.quickInput.cancel();
  });

  test("Copy Resource ID copies the whole selection", async () => {
    const tree = workbench.tree("Fleet");
    await tree.selectAll(["vmss-api-prod", "vmss-cache-prod"]);
    await tree.contextMenu("vmss-cache-prod", "Copy Resource ID");
    await eventually(async () => {
      const copied = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
      assert.deepEqual(
        copied.split("\n").map((id) => id.split("/").at(-1)),
        ["vmss-api-prod", "vmss-cache-prod"],
      );
    });
  });

  test("a copied link shows its row again by keyboard; one that leads elsewhere says so and does nothing", async () => {
    const tree = workbench.tree("Fleet");
    const { page, quickInput } = workbench;
    const open = async (address: string) => {
      await workbench.run("Developer: Open URL");
      await quickInput.enter(address);
      await workbench.answerDialog("Open");
    };
    await tree.contextMenu("vmss-web-prod", "Copy Link");
    const link = await eventually(async () => {
      const text = await page.evaluate<string>("navigator.clipboard.readText()");
      assert.match(text, /^[\w-]+:\/\/scale-set-maintenance\.azure-scale-set-maintenance\/reveal\?id=%2F/);
      return text;
    });
    await tree.select("vmss-reporting-prod");
    await workbench.run("View: Show Explorer");
    await open(link);
    await eventually(async () => assert.match(await tree.focused(), /vmss-web-prod/));
    assert.match(await tree.selected(), /vmss-web-prod/);
    await workbench.clearToasts();
    await open(link.replace("vmss-web-prod", "vmss-web-gone"));
    await workbench.toast("Not in your fleet: vmss-web-gone. It may have been deleted.");
    await workbench.clearToasts();
    await open(link.replace("/reveal", "/refresh"));
    await workbench.toast("This link doesn't lead to a scale set or maintenance configuration.");
    await workbench.clearToasts();
  });

  test("Go to Scale Set finds a set by its subscription, and clears a filter that hides it when asked to", async () => {
    const { quickInput } = workbench;
    await workbench.run("Scale Set Maintenance: Filter Scale Sets…");
    await quickInput.message(/^\d+ of \d+ scale sets$/);
    await quickInput.enter("state:blocked");
    await quickInput.closed();
    await workbench.run("Scale Set Maintenance: Go to Scale Set…");
    await quickInput.type("Contoso Stag");
    await quickInput.shows(/^vmss-loadtest-staging, .*Contoso Staging/m);
    await quickInput.type("vmss-loadtest");
    await quickInput.points("vmss-loadtest-staging");
    await quickInput.accept();
    await workbench.answerToast("The filter hides vmss-loadtest-staging.", "Clear Filter");
    await eventually(async () =>
      assert.match(await workbench.tree("Fleet").focused(), /^Scale set vmss-loadtest-staging/),
    );
  });

  test("resetting the sandbox asks first", async () => {
    await workbench.run("Scale Set Maintenance: Reset Sandbox");
    assert.match(await workbench.dialog(), /All changes in the sandbox are lost/);
    await workbench.answerDialog("Reset");
    await workbench.tree("Fleet").row("Contoso Production");
  });

  test("the palette offers what can run, with the sandbox and without any Azure", async () => {
    const expectOffered = async (some: readonly string[], none: readonly string[]) => {
      for (const name of some) assert.equal(await isOffered(name), true, name);
      for (const name of none) assert.equal(await isOffered(name), false, name);
    };
    await expectOffered(
      ["Leave Sandbox", "Reset Sandbox", "Refresh", "Create Configuration", "View Properties"],
      ["Open Sandbox", "Sign In", "Open in Portal"],
    );
    for (const [typed, found] of [
      ["vmss", "Set Up Maintenance Control for VMSS"],
      ["why", "Explain Why It Didn't Upgrade…"],
      ["patch", "Check Image Versions (Patch Level)"],
      ["os upgrade", "Start OS Upgrade Now"],
      ["fleet report", "Show Fleet Report"],
      ["upgrade history", "Show Upgrade History"],
    ] as const)
      assert.ok((await workbench.paletteEntries(typed)).includes(`Scale Set Maintenance: ${found}`), typed);
    await workbench.run("Scale Set Maintenance: Leave Sandbox");
    await welcomeButton("Open Sandbox").waitFor();
    await expectOffered(
      ["Open Sandbox", "Sign In", "Create Configuration"],
      ["Leave Sandbox", "Reset Sandbox", "Refresh", "View Properties", "Open in Portal"],
    );
  });

  test("without an Azure a command asks which one, and goes on with it", async () => {
    await workbench.run("Scale Set Maintenance: Create Configuration");
    await eventually(async () => {
      assert.equal(await workbench.quickInput.placeholder(), "Connect to Azure or open the sandbox");
    });
    await workbench.quickInput.pick(/Open Sandbox/);
    await workbench.quickInput.flow("Create Configuration (Sandbox)");
    await workbench.quickInput.cancel();
    await workbench.tree("Fleet").row("Contoso Production");
  });
});

describe("with other settings", () => {
  let workbench: Workbench;
  tellFailures(() => [workbench]);
  afterEach(() => workbench[Symbol.asyncDispose]());

  test("an address that cannot be a sandbox's is an error that names the setting and opens it", async () => {
    workbench = await openWindow({ [setting("sandbox.address")]: "http://127.0.0.1:8443#s3cret" });
    const text = await workbench.toast("scaleSetMaintenance.sandbox.address");
    assert.match(text, /is invalid: http:\/\/127\.0\.0\.1:8443 Enter the URL and token/);
    assert.doesNotMatch(text, /s3cret/);
    await workbench.tree("Fleet").row(/^Problem: Couldn't load your fleet/);
    await workbench.answerToast("scaleSetMaintenance.sandbox.address", "Open Setting");
    await workbench.page.locator(".settings-editor").waitFor();
  });

  test("a filter that shows nothing says so where the tree would be", async () => {
    workbench = await openWindow({ [setting("subscriptions")]: ["no such subscription"] });
    await workbench.page
      .locator(".welcome-view-content")
      .getByRole("button", { name: "Select Subscriptions" })
      .click();
    await workbench.quickInput.shows(/Contoso Production/);
    assert.deepEqual(await workbench.quickInput.ticked(), []);
    await workbench.quickInput.tick("Contoso Staging", true);
    await workbench.quickInput.accept();
    await workbench.tree("Fleet").row("Contoso Staging");
  });
});
