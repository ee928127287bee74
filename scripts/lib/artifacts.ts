import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../bootstrap/paths.mjs";

/** A file in `artifacts/`, which git ignores; its folder exists afterwards. */
export function artifact(path: string): string {
  const file = join(root, "artifacts", path);
  mkdirSync(dirname(file), { recursive: true });
  return file;
}
