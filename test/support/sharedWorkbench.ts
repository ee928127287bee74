import { after, before } from "node:test";
import { ask } from "../../scripts/lib/outside.ts";
import { holdingsOf, type Holdings } from "../../scripts/tour/holdings.ts";
import { takePicture, tellFailures } from "./pictures.ts";
import { usualSize, type Size } from "./page.ts";
import { reading } from "./reading.ts";
import { openSandboxWorkbench, type SandboxOptions, type SandboxWorkbench } from "./sandboxWorkbench.ts";
import type { TreeView } from "./treeView.ts";

/** For opening a workbench, in milliseconds: a loaded machine takes its time to start the server and the window. */
const patienceMs = 120_000;

/** A workbench on a served sandbox that the tests of a file share, in the order they stand. */
export interface SharedWorkbench extends Pick<SandboxWorkbench, "workbench" | "sandbox"> {
  readonly tree: TreeView;
  /** What the sandbox holds, asked from outside. */
  holdings(): Promise<Holdings>;
  /** Lets the fleet be read anew, by the command where no other way is given, and waits until that is over. */
  refresh(begin?: () => Promise<void>): Promise<void>;
  /** Puts the sandbox back to how it began, and the tree with it; answers what it then holds. */
  startOver(): Promise<Holdings>;
  /** For the beginning of a file that may come after others: starts over, in a window of this size that looks as it did when it opened. */
  begin(size?: Size): Promise<void>;
  /** Takes pictures of the window, light and dark, where the run takes any. */
  picture(name: string): Promise<void>;
}

/** By their options: files that run in one process share what they open alike. */
const shared = new Map<string, () => SharedWorkbench>();

/**
 * Opens a workbench before the tests of the file and closes it after them. After a test that failed it says what was on
 * the screen. Files that run in one process have one workbench, and each that is not the first begins with `startOver`.
 */
export function shareWorkbench(options: SandboxOptions = {}): () => SharedWorkbench {
  const key = JSON.stringify(options);
  const known = shared.get(key);
  if (known !== undefined) return known;
  const opened = openShared(options);
  shared.set(key, opened);
  return opened;
}

function openShared(options: SandboxOptions): () => SharedWorkbench {
  let opened: SandboxWorkbench | undefined;
  let isNew = true;
  const current = () => {
    if (opened === undefined) throw new Error("The workbench is open only while tests run.");
    return opened;
  };
  before(
    async () => {
      const settings = { "scaleSetMaintenance.hourCycle": "24h", ...options.settings };
      opened = await openSandboxWorkbench({ ...options, settings });
      const { workbench } = opened;
      await workbench.openContainer("Scale Set Maintenance");
      await workbench.widenSideBar(520);
      await workbench.setOpen("Upcoming Windows", false);
      // Once it was seen and closed, it does not open by itself: the tree keeps its height.
      await workbench.setOpen("Activity", true);
      await workbench.setOpen("Activity", false);
      await workbench.page
        .locator(".part.sidebar", { hasText: /\d to fix, / })
        .waitFor({ timeout: patienceMs });
    },
    { timeout: patienceMs },
  );
  tellFailures(() => [current().workbench]);
  after(async () => opened?.[Symbol.asyncDispose]());

  return () => {
    const { workbench, sandbox } = current();
    const tree = workbench.tree("Fleet");
    const holdings = () => holdingsOf(sandbox);
    const refresh = (begin = () => workbench.run("Scale Set Maintenance: Refresh")) =>
      reading({ workbench, sandbox }, begin);
    const startOver = async () => {
      await ask(sandbox, "POST", "/sandbox/reset");
      await refresh();
      await workbench.clearToasts();
      return holdings();
    };
    return {
      workbench,
      sandbox,
      tree,
      holdings,
      refresh,
      startOver,
      begin: async (size = usualSize) => {
        await workbench.page.setViewportSize(size);
        if (isNew) isNew = false;
        else {
          await workbench.run("View: Close All Editors");
          await startOver();
          await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
          await workbench.quickInput.pick("Subscription");
          await workbench.quickInput.closed();
          for (const view of ["Upcoming Windows", "Activity"]) await workbench.setOpen(view, false);
          await workbench.viewAction("Collapse All");
        }
      },
      picture: (name) => takePicture(workbench, name),
    };
  };
}
