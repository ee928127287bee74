import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atEnd } from "../bootstrap/cleanup.mjs";

/** A new folder among the temporary ones, gone with the scope that it is `await using`d in. */
export function scratchFolder(name: string): { readonly path: string } & AsyncDisposable {
  const path = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  const owned = atEnd(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  return { path, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
}
