import assert from "node:assert/strict";
import { get } from "../../scripts/lib/outside.ts";
import { eventually } from "./eventually.ts";
import type { SandboxWorkbench } from "./sandboxWorkbench.ts";

/** For the fleet to be read, in milliseconds. */
const patienceMs = 60_000;

/**
 * Does what lets the extension read the fleet, and waits until that reading is over: the sandbox was asked, and the progress
 * that the open Fleet view shows meanwhile has come and gone.
 */
export async function reading(
  { workbench, sandbox }: Pick<SandboxWorkbench, "workbench" | "sandbox">,
  begin: () => Promise<void>,
): Promise<void> {
  const asked = async () => {
    const { value } = await get<{ value: readonly { path: string }[] }>(sandbox, "/sandbox/requests");
    return value.filter(({ path }) => path.includes("Microsoft.ResourceGraph/resources")).length;
  };
  const before = await asked();
  // Counted inside the page, since the progress may be over before one could ask.
  const progress = await workbench.page.evaluateHandle<{ readonly ends: number }>(`(() => {
    const sideBar = document.querySelector(".part.sidebar");
    const progress = { ends: 0 };
    let wasActive = false;
    new MutationObserver(() => {
      const isActive = sideBar.querySelector(".monaco-progress-container.active") !== null;
      if (wasActive && !isActive) progress.ends += 1;
      wasActive = isActive;
    }).observe(sideBar, { subtree: true, attributeFilter: ["class"] });
    return progress;
  })()`);
  await begin();
  await eventually(async () => assert.ok((await asked()) > before, "the sandbox was not asked"), patienceMs);
  await eventually(async () => {
    assert.ok((await progress.evaluate(({ ends }) => ends)) > 0, "the view shows no reading");
    assert.equal(await workbench.isBusy(), false, "the reading is not over");
  }, patienceMs);
}

/** Waits until a reading that has begun, as the Fleet view shows, is over. */
export async function readingOver({ workbench }: Pick<SandboxWorkbench, "workbench">): Promise<void> {
  await eventually(async () => assert.equal(await workbench.isBusy(), false), patienceMs);
}
