import { join } from "node:path";
import type { Stage } from "../../test/support/stage.ts";
import { startSandbox } from "../lib/sandbox.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { lendBrowser } from "../vscode/browser.ts";
import { installExtensions } from "../vscode/server.ts";
import { unusedPort } from "../vscode/ports.ts";

type OpenStage = Stage & AsyncDisposable;

/** The stages of several workers, each opened when it is first needed. */
export class Stages implements AsyncDisposable {
  readonly #vsix: string;
  readonly #open = new Map<number, OpenStage>();

  /** @param vsix the extension that they have */
  constructor(vsix: string) {
    this.#vsix = vsix;
  }

  async of(worker: number): Promise<Stage> {
    const stage = this.#open.get(worker) ?? (await openStage(this.#vsix));
    this.#open.set(worker, stage);
    return stage;
  }

  /** Ends a worker's stage; the next time it gets another one. */
  async close(worker: number): Promise<void> {
    const stage = this.#open.get(worker);
    this.#open.delete(worker);
    await stage?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#open.keys()].map((worker) => this.close(worker)));
  }
}

/**
 * Makes ready what test files use one after the other: a sandbox, a browser that has VS Code's files in its cache, and a
 * folder in which the extension is installed. The VS Code server and its data are each file's own.
 */
async function openStage(vsix: string): Promise<OpenStage> {
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
