import { join } from "node:path";
import { root } from "../bootstrap/paths.mjs";
import { runNode } from "../lib/processes.ts";
import { add, verdict, type Counts, type Layer, type Order } from "./layer.ts";

/** The layers that look at the sources without running them: each is one program that passes or complains. */
export const format = check("node_modules/oxfmt/bin/oxfmt", "--check");

/** The code, and the words of its texts. */
export const lint: Layer = async ({ print }) => {
  const [code, words] = await Promise.all([
    passes(print, "node_modules/oxlint/bin/oxlint", "--type-aware", "--deny-warnings"),
    passes(print, "scripts/lint/words.ts"),
  ]);
  return { counts: add(code, words), times: [] };
};

/** What runs in VS Code and Node.js, and what runs in a web view's page: each knows other globals. */
export const types: Layer = async ({ print }) => {
  const [house, page] = [".", "src/report/web"].map((project) =>
    passes(print, "node_modules/typescript/bin/tsc", "--project", project),
  );
  return { counts: add((await house) ?? verdict(false), (await page) ?? verdict(false)), times: [] };
};

function check(program: string, ...args: string[]): Layer {
  return async ({ print }) => ({ counts: await passes(print, program, ...args), times: [] });
}

async function passes(print: Order["print"], program: string, ...args: string[]): Promise<Counts> {
  const { code, output } = await runNode([join(root, program), ...args], { cwd: root });
  if (code !== 0) print(output.trim());
  return verdict(code === 0);
}
