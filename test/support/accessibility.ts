import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, FrameLocator } from "playwright-core";

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong with a page (WCAG 2.2 A and AA, and its best practices), one line each; none where it finds nothing. */
export async function accessibilityProblems(page: FrameLocator): Promise<readonly string[]> {
  const frame = await (await page.locator("body").elementHandle())?.ownerFrame();
  return problemsIn(frame);
}

/** The same of a page that runs no script, in which axe's own can't run either: of a copy with its look, in a window of its own. */
export async function problemsWithoutScript(page: FrameLocator): Promise<readonly string[]> {
  const body = page.locator("body");
  const frame = await (await body.elementHandle())?.ownerFrame();
  const size = await body.boundingBox();
  if (!frame || size === null) throw new Error("The page is gone.");
  const copy = await frame.page().context().newPage();
  try {
    await copy.setViewportSize({ width: Math.round(size.width), height: 800 });
    await copy.setContent(
      (await frame.content()).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""),
    );
    return await problemsIn(copy.mainFrame());
  } finally {
    await copy.close();
  }
}

async function problemsIn(frame: Frame | null | undefined): Promise<readonly string[]> {
  // Through the debugger, so that the page's policy stays as strict as it is.
  await frame?.evaluate(`if (globalThis.axe === undefined) { ${source} }`);
  const violations = await frame?.evaluate<readonly Violation[]>(
    "axe.run().then((found) => found.violations)",
  );
  if (violations === undefined) throw new Error("The page is gone.");
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${impact}): ${help}: ${html} ${failureSummary ?? ""}`),
  );
}
