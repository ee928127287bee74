import { join } from "node:path";
import { root } from "../bootstrap/paths.mjs";
import { runNode } from "../lib/processes.ts";
import { add, verdict, type Layer } from "./layer.ts";

/** The layers that look at the sources without running them: each is one program that passes or complains. */
export const format = check("prettier/bin/prettier.cjs", "--check", "--log-level=warn", ".");
export const lint = check("oxlint/bin/oxlint", "--type-aware", "--deny-warnings");

/** What runs in VS Code and Node.js, and what runs in a web view's page: each knows other globals. */
export const types: Layer = async () => {
  const [house, page] = [".", "src/report/web"].map((project) =>
    check("typescript/bin/tsc", "--project", project)(),
  );
  return add((await house) ?? verdict(false), (await page) ?? verdict(false));
};

function check(program: string, ...args: string[]): Layer {
  return async () => {
    const { code, output } = await runNode([join(root, "node_modules", program), ...args], { cwd: root });
    if (code !== 0) console.log(output.trim());
    return verdict(code === 0);
  };
}
