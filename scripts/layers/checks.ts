import { join } from "node:path";
import { root } from "../bootstrap/paths.mjs";
import { runNode } from "../lib/processes.ts";
import { verdict, type Layer } from "./layer.ts";

/** The layers that look at the sources without running them: each is one program that passes or complains. */
export const format = check("prettier/bin/prettier.cjs", "--check", "--log-level=warn", ".");
export const lint = check("oxlint/bin/oxlint", "--type-aware", "--deny-warnings");
export const types = check("typescript/bin/tsc", "--project", ".");

function check(program: string, ...args: string[]): Layer {
  return async () => {
    const { code, output } = await runNode([join(root, "node_modules", program), ...args], { cwd: root });
    if (code !== 0) console.log(output.trim());
    return verdict(code === 0);
  };
}
