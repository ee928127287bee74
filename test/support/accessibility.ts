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
  const body = page.locator("body");
  // Through the debugger, so that the page's policy stays as strict as it is.
  const violations = await body.evaluate(async (_, axe) => {
    const { run } = (globalThis as unknown as { axe?: Axe }).axe ?? load(axe);
    return (await run()).violations;

    interface Axe {
      run(): Promise<{ readonly violations: readonly Violation[] }>;
    }
    function load(script: string): Axe {
      (0, eval)(script);
      return (globalThis as unknown as { axe: Axe }).axe;
    }
  }, source);
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${impact}): ${help}: ${html} ${failureSummary ?? ""}`),
  );
}
