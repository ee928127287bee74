import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atEnd } from "../bootstrap/cleanup.mjs";
import { removeLeftovers, scratchName } from "./leftovers.ts";

/**
 * A new folder among the temporary ones, for this account alone, gone with the scope that it is `await using`d in. What a
 * process that was killed has left goes when the next one makes its own.
 * @param name short: a desktop VS Code opens a socket in its folder, whose path macOS limits to 103 bytes
 */
export function scratchFolder(name: string): { readonly path: string } & AsyncDisposable {
  removeLeftovers(tmpdir());
  const path = realpathSync(mkdtempSync(join(tmpdir(), scratchName(name))));
  const owned = atEnd(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  return { path, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
}
