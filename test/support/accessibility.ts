import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { FrameLocator } from "playwright-core";

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
