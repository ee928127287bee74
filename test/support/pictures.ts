import { parse } from "node:path";
import { afterEach } from "node:test";
import type { Theme } from "./page.ts";
import { takesPictures } from "./stage.ts";
import type { Workbench } from "./workbench.ts";

/** Takes pictures of a window into `artifacts/ui/`, named after the test file, where the run takes any. */
export async function takePicture(
  workbench: Workbench,
  name: string,
  themes: readonly (Theme | undefined)[] = ["light", "dark"],
): Promise<void> {
  if (!takesPictures) return;
  for (const theme of themes) {
    const file = `ui/${script()}/${name}${theme === undefined ? "" : `-${theme}`}.png`;
    await workbench.screenshot(file, theme);
  }
}

/** After a test that failed says what was on the screen, and keeps a picture of it, whether the run takes others or not. */
export function tellFailures(windows: () => readonly Workbench[]): void {
  afterEach(async (context) => {
    if (!("passed" in context) || context.passed) return;
    for (const [index, window] of windows().entries()) {
      const name = `${script()}-${context.name.replaceAll(/\W+/g, "-")}-${index + 1}`;
      const file = await window.screenshot(`last/${name}.png`);
      console.log(`What was on the screen when “${context.name}” failed (${file}):\n${await window.seen()}`);
    }
  });
}

const script = () => parse(process.argv[1] ?? "workbench").name.replace(".test", "");
