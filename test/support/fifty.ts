import assert from "node:assert/strict";
import { eventually } from "./eventually.ts";
import type { SandboxOptions } from "./sandboxWorkbench.ts";
import type { SharedWorkbench } from "./sharedWorkbench.ts";

/** A window on the large fleet that several files share. */
export const largeFleet = {
  fleet: "large",
  size: { width: 1500, height: 1000 },
  settings: {
    "scaleSetMaintenance.takeOverAfter": 15, // the least, in seconds
    "workbench.hover.delay": 60_000, // tooltips would be in the way of the wheel, and come with the keyboard's focus too
  },
} as const satisfies SandboxOptions;

type Window = Pick<SharedWorkbench, "workbench" | "tree">;

/** Filters the sets of a fleet of ten thousand. */
export async function filterLarge({ workbench }: Pick<Window, "workbench">, text: string): Promise<void> {
  await workbench.run("Scale Set Maintenance: Filter Scale Sets…");
  await workbench.quickInput.type(text);
  await workbench.quickInput.message(/^\d+ of 10000 scale sets$/);
  await workbench.quickInput.accept();
  await workbench.page
    .locator(".part.sidebar", { hasText: new RegExp(`Filter: ${text} · \\d+ (of \\d+ to fix|scale sets,)`) })
    .waitFor();
}

/** Shows all sets by their subscriptions, whatever an earlier file of the window has left. */
export async function showLarge({ workbench, tree }: Window): Promise<void> {
  await workbench.run("Scale Set Maintenance: Filter Scale Sets…");
  await workbench.quickInput.enter("");
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await workbench.quickInput.pick("Subscription");
  await tree.row(/^Subscription /);
}

/**
 * Selects fifty sets without a configuration, of those with the text, in the view that is grouped by configuration; answers the last of
 * them and a configuration beside it, to drag them onto.
 */
export async function selectFifty(
  { workbench, tree }: Window,
  text: string,
): Promise<{ readonly last: string; readonly configuration: string }> {
  await filterLarge({ workbench }, text);
  const opening = /^Maintenance configuration ([^,]+), (?!.*, scope ).* opens in .* shown/; // the last as a filter is on
  await tree.tree.focus();
  await workbench.page.keyboard.press("Home");
  await tree.row(new RegExp(`^Scale set ${text}-`)); // the tree follows its filter
  await tree.row(opening); // those that have one stand below those that have none
  await workbench.page.mouse.wheel(0, 300); // so that it is not at the edge, where dragging scrolls
  const inSight = (await tree.rows()).map(({ name }) => name);
  const [last] = inSight.flatMap((name) => /^Scale set ([^,]+)/.exec(name)?.[1] ?? []).slice(-1);
  const [configuration] = inSight.flatMap((name) => opening.exec(name)?.[1] ?? []);
  assert.ok(last !== undefined && configuration !== undefined, inSight.join("\n"));
  const selected = tree.tree.locator(".monaco-list-row.selected");
  await eventually(async () => {
    await workbench.page.keyboard.press("Escape"); // what was selected before
    await tree.toggle(last); // a plain click unfolds it
    for (let count = 1; count < 50; count += 1) await workbench.page.keyboard.press("Shift+ArrowUp");
    await tree.row(configuration);
    assert.ok((await selected.count()) > 5, "Of those in sight some are still selected.");
  });
  return { last, configuration };
}
