import { join } from "node:path";
import type { Stage } from "../../test/support/stage.ts";
import { startSandbox } from "../lib/sandbox.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { lendBrowser } from "../vscode/browser.ts";
import { installExtensions } from "../vscode/server.ts";
import { unusedPort } from "../vscode/ports.ts";

/**
 * Makes ready what test files use one after the other: a sandbox, a browser that has VS Code's files in its cache, and a
 * folder in which the extension is installed. The VS Code server and its data are each file's own.
 */
export async function openStage(vsix: string): Promise<Stage & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const { url, certificate, token, subscriptions } = stack.use(await startSandbox());
  const { address } = stack.use(await lendBrowser());
  const extensions = join(stack.use(scratchFolder("extensions")).path, "extensions");
  await installExtensions(extensions, [vsix]);
  const port = await unusedPort();
  const owned = stack.move();
  return {
    vsix,
    extensions,
    browser: address,
    port,
    sandbox: { url, certificate, token, subscriptions },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
