import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { ask, get } from "../../scripts/lib/outside.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { differences } from "../../scripts/tour/holdings.ts";
import { problemsWithoutScript } from "../support/accessibility.ts";
import { eventually } from "../support/eventually.ts";
import { associationId, idIn } from "../support/ids.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const activity = () => shared().workbench.tree("Activity");
const refused = ["vmss-cache-prod", "vmss-worker-prod"];
const taken = ["vmss-checkout-prod", "vmss-search-prod"];

/** What Azure is made to say, with all that tables have signs of their own for. */
const refusal = 'The value "cache, worker" is not allowed | see `rules`,\n=please';
const inOneLine = refusal.replace("\n", " ");

/** An association with `mc-staging-daily`. */
const associationOf = (set: string) =>
  associationId(idIn(shared().sandbox, "Contoso Production", "rg-web-prod-weu", set), "mc-staging-daily");

const title = (set: string) => `Associate scale set ${set} with maintenance configuration mc-staging-daily`;

/** A request as the sandbox recorded it. */
interface Request {
  readonly method: string;
  readonly path: string;
}

/** The sets that an association was asked for since the last call of this, each as often as it was. */
async function sentFor(): Promise<readonly string[]> {
  const sent = await writes();
  await ask(shared().sandbox, "DELETE", "/sandbox/requests");
  return sent;
}

/** The same, and they stay to be told again. */
async function writes(): Promise<readonly string[]> {
  const { value } = await get<{ value: readonly Request[] }>(shared().sandbox, "/sandbox/requests");
  return value
    .filter(({ method }) => method === "PUT")
    .map(({ path }) => /virtualMachineScaleSets\/([^/]+)/i.exec(path)?.[1] ?? path)
    .sort();
}

/** Makes Azure refuse the associations of the sets until its faults are taken away. */
async function refuse(): Promise<void> {
  const { status } = await ask(shared().sandbox, "POST", "/sandbox/faults", [
    {
      match: { method: "PUT", path: `(${refused.join("|")})/providers/Microsoft.Maintenance` },
      times: "always",
      do: { status: 400, body: { error: { code: "NotAllowed", message: refusal } } },
    },
  ]);
  assert.equal(status, 204);
}

test("of a plan that failed in part each set is told, and its results offer to retry what failed", async () => {
  await shared().startOver();
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  await refuse();
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.selectAll([...refused, ...taken]);
  await tree.contextMenu("vmss-worker-prod", "Associate Scale Sets");
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-staging-daily");
  await quickInput.step("Review");
  await sentFor();
  await quickInput.apply(/\b5 changes\b/);
  await workbench.toast("3 of 5 changes done, 2 failed");
  await picture("two-failed");
  assert.deepEqual(await sentFor(), [...refused, ...taken].sort());
  await workbench.answerToast("2 failed", "Show Results");
  const page = await workbench.webPage("Results: Associate scale sets");
  const text = async (of: Locator) => (await of.innerText()).replaceAll(/\s+/g, " ");
  const failed = await text(page.locator("details", { hasText: /^\s*✕\sFailed/ }));
  assert.match(failed, /^✕\sFailed · Associate with a configuration · NotAllowed · 2 /);
  for (const name of refused) assert.ok(failed.includes(title(name)), failed);
  const done = await text(page.locator("details", { hasText: /^\s*✓\sDone · Associate/ }));
  assert.ok(done.includes(`${title("vmss-checkout-prod")} vmss-checkout-prod: mc-staging-daily`), done);
  assert.match(done, /vmss-search-prod.* Configuration none → mc-staging-daily Sent .*\(.*\) · Ended/);
  const windows = await text(page.locator("details", { hasText: /^\s*Next windows/ }));
  assert.match(windows, /vmss-checkout-prod mc-staging-daily \w+, .* \w+, .* \(UTC\)/);
  const copies = ["Export as Code…", "Copy as PowerShell", "Copy as Azure CLI"];
  assert.deepEqual(await page.locator(".actions a").allInnerTexts(), [
    "Retry Failed",
    "Undo",
    "Export…",
    ...copies,
  ]);
  assert.deepEqual(await problemsWithoutScript(page), []);
  await picture("results");
});

test("the changes are copied from their results as a script, and exported from the Activity view", async () => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  const page = await workbench.webPage("Results: Associate scale sets");
  await page.getByRole("link", { name: "Copy as Azure CLI" }).focus();
  await workbench.page.keyboard.press("Enter");
  await eventually(async () => {
    const copied = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    assert.match(copied, /^#!\/usr\/bin\/env bash\n# Associate scale sets with mc-staging-daily\n/);
    for (const set of [...refused, ...taken]) assert.ok(copied.includes(`/${set}/`), set);
  });
  await workbench.setOpen("Activity", true);
  await activity().contextMenu(/^Plan: Associate scale sets/, "Export Changes as Code…");
  await quickInput.shows(/^PowerShell, /m);
  await workbench.page.keyboard.press("Enter");
  await quickInput.closed();
  await workbench.statusItem("PowerShell").waitFor();
  assert.match(await workbench.editorText(), /# Associate scale sets with mc-staging-daily/);
  await picture("exported-code");
  await workbench.run("View: Revert and Close Editor");
});

test("Retry Failed sends only what failed, as often as it fails, and tells its own results", async () => {
  const { workbench, sandbox, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await holdings();
  await sentFor();
  const page = await workbench.webPage("Results: Associate scale sets");
  await page.getByRole("link", { name: "Retry Failed" }).focus();
  await workbench.page.keyboard.press("Enter");
  await quickInput.step("Review");
  await quickInput.apply(/\b2 changes\b/);
  await workbench.toast("0 of 2 changes done, 2 failed");
  assert.deepEqual(await sentFor(), refused);
  await workbench.clearToasts();

  await workbench.setOpen("Activity", true);
  await ask(sandbox, "DELETE", "/sandbox/faults");
  // One is associated by someone else before the last attempt.
  const daily = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-staging-daily");
  const body = { location: "westeurope", properties: { maintenanceConfigurationId: daily } };
  const [cache = "", worker = ""] = refused.map(associationOf);
  assert.equal((await ask(sandbox, "PUT", `${cache}?api-version=2023-04-01`, body)).status, 200);
  await sentFor();
  await activity().inlineAction(/^Plan: Retry: .*0 of 2 changes done, 2 failed/, "Retry Failed");
  await quickInput.step("Review");
  await quickInput.shows(/vmss-cache-prod: mc-staging-daily, Already done/);
  await picture("retry-review");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  assert.deepEqual(await sentFor(), ["vmss-worker-prod"]);
  const expected = new Map<string, unknown>([...before, [cache, daily], [worker, daily]]);
  assert.deepEqual(differences(expected, await holdings()), []);
  await activity().row(/^Plan: Retry: Associate scale sets with mc-staging-daily, Sandbox, 1 change done/);
  await picture("retried");
  await workbench.clearToasts();
});

test("the results are exported as CSV, JSON and Markdown, whatever signs Azure's words have", async () => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  await using scratch = scratchFolder("planResults");
  const exported = async (format: string, ending: string): Promise<string> => {
    const file = join(scratch.path, `results.${ending}`);
    await activity().contextMenu(/^Plan: Associate scale sets/, "Export Results of Changes…");
    if (format === "CSV") await picture("formats");
    await quickInput.pick(format);
    await quickInput.saveAs(file, new RegExp(String.raw`changes-[\d-]+\.${ending}$`));
    await workbench.answerToast(
      new RegExp(String.raw`Exported \d+ changes? to results\.${ending}`),
      "Open File",
    );
    await workbench.page.locator(".tab.active", { hasText: `results.${ending}` }).waitFor();
    await picture(`opened-${ending}`);
    return readFileSync(file, "utf8");
  };

  const [head = [], ...rows] = cellsOf(await exported("CSV", "csv"));
  const records = rows.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index]])));
  // In the order of the selection, which VS Code sorts where the tree is drawn anew meanwhile.
  assert.deepEqual(
    records.map(({ resource, change, outcome, code }) => [resource, change, outcome, code].join(" ")).sort(),
    [
      "vmss-cache-prod associate failed NotAllowed",
      "vmss-checkout-prod associate done ",
      "vmss-search-prod associate done ",
      "vmss-search-prod dissociate done ",
      "vmss-worker-prod associate failed NotAllowed",
    ],
  );
  assert.ok(records[0]?.["reason"]?.includes(inOneLine), records[0]?.["reason"]);

  const json = JSON.parse(await exported("JSON", "json")) as { readonly changes: readonly object[] };
  // A program gets the values as Azure has them, and needs no label.
  const inWords = { before: "", after: "" };
  assert.deepEqual(
    json.changes.map((change) => ({ ...change, ...inWords })),
    records.map((record) => {
      const { outcomeLabel: _, ...ids } = record;
      return { ...ids, ...inWords };
    }),
  );
  for (const { sent } of records) assert.match(sent ?? "", /^\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d$/);

  const document = await exported("Markdown", "md");
  assert.match(
    document,
    /^# Associate scale sets with mc-staging-daily\n\n\*Sandbox.*\*\n\n3 of 5 changes done, 2 failed\n/,
  );
  const table = document.split("\n").filter((line) => line.startsWith("|"));
  assert.equal(table.length, 2 + records.length);
  // No sign of Azure's words makes a cell of its own, and none is lost.
  assert.ok(
    table.every((line) => line.split(/(?<!\\)\|/).length === 10),
    document,
  );
  assert.ok(
    table[2]?.includes(String.raw`"cache, worker" is not allowed \| see \`rules\`, =please`),
    table[2],
  );
});

test("a change that no read shows is not confirmed, and is done once another look sees it", async () => {
  const { workbench, sandbox, tree, startOver, picture } = shared();
  const { quickInput } = workbench;
  await startOver();
  await sentFor();
  // Azure says yes, and writes nothing.
  const yes = { match: { method: "PUT", path: "vmss-cache-prod/" }, times: "always" };
  await ask(sandbox, "POST", "/sandbox/faults", [{ ...yes, do: { status: 200, body: {} } }]);
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.select("vmss-cache-prod");
  await tree.contextMenu("vmss-cache-prod", "Associate Scale Sets");
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-staging-daily");
  await quickInput.step("Review");
  await quickInput.apply(/\b1 change\b/);
  await eventually(async () => assert.deepEqual(await writes(), ["vmss-cache-prod"]));
  await sentFor();
  // It would be looked for up to a minute.
  await workbench.answerToast(/Associate scale sets with mc-staging-daily/, "Cancel");
  const notConfirmed = "0 of 1 changes done, 1 not confirmed";
  await workbench.toast(notConfirmed);
  await picture("not-confirmed");
  await activity().row(
    /^Plan: Associate scale sets with mc-staging-daily, Sandbox, 0 of 1 changes done, 1 not/,
  );

  await ask(sandbox, "DELETE", "/sandbox/faults");
  const daily = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-staging-daily");
  const body = { location: "westeurope", properties: { maintenanceConfigurationId: daily } };
  const written = await ask(
    sandbox,
    "PUT",
    `${associationOf("vmss-cache-prod")}?api-version=2023-04-01`,
    body,
  );
  assert.equal(written.status, 200);
  await sentFor();
  await workbench.answerToast(notConfirmed, "Check Again");
  await workbench.showNotifications(); // beside a progress that ends at once VS Code shows it only there
  await workbench.toast("1 change confirmed. 1 change done");
  assert.deepEqual(await sentFor(), []);
  await activity().row(/^Plan: Associate scale sets with mc-staging-daily, Sandbox, 1 change done/);
  await picture("confirmed");
});

test("what was done is undone from its notification and from the page of its results, by keyboard", async () => {
  const { workbench, sandbox, holdings, picture } = shared();
  const { quickInput, page } = workbench;
  const association = associationOf("vmss-cache-prod");
  const isThere = async () => (await holdings()).has(association);
  assert.equal(await isThere(), true);
  // The list of notifications is open; the buttons of the first one follow it. A notification that comes meanwhile takes the focus away.
  const undoButton = page.locator(".notification-list-item .monaco-button:focus", { hasText: /^Undo$/ });
  await eventually(async () => {
    await page.locator(".notification-list-item").first().focus();
    for (let steps = 0; steps < 12 && (await undoButton.count()) === 0; steps += 1)
      await page.keyboard.press("Tab");
    await undoButton.press("Enter", { timeout: 2000 });
  });
  await quickInput.flow("Undo Changes (Sandbox)");
  await picture("undo-review");
  await quickInput.apply(/\b1 change\b/);
  await eventually(async () => assert.equal(await isThere(), false));

  await workbench.clearToasts();
  await activity().contextMenu(
    /^Plan: Undo: Associate scale sets with mc-staging-daily/,
    "Show Results of Changes",
  );
  const undo = await workbench.webPage("Results: Undo: Associate scale sets");
  await undo.getByRole("link", { name: "Associate scale sets with mc-staging-daily" }).focus();
  await page.keyboard.press("Enter");
  const first = await workbench.webPage("Results: Associate scale sets");
  await first.getByRole("link", { name: /^Undo: / }).waitFor();
  assert.deepEqual(await first.locator("a.action").allInnerTexts(), []);
  await picture("undone");
  await workbench.run("View: Close Editor");
  await undo.getByRole("link", { name: "Undo", exact: true }).focus();
  await page.keyboard.press("Enter");
  await quickInput.flow("Undo Changes (Sandbox)");
  await quickInput.apply(/\b1 change\b/);
  await eventually(async () => assert.equal(await isThere(), true));
  assert.equal((await ask(sandbox, "GET", `${association}?api-version=2023-04-01`)).status, 200);
  await workbench.clearToasts();
});

/** Comma-separated values as RFC 4180 has them. */
function cellsOf(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/((?:"(?:[^"]|"")*"|[^,\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^,\r\n]*))*)\r\n/g)].map(
    ([, row = ""]) =>
      [...`,${row}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
      ),
  );
}
