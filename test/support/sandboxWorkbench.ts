import { startSandbox, type ServedSandbox } from "../../scripts/lib/sandbox.ts";
import { packedExtension } from "./extension.ts";
import { Workbench, type WorkbenchOptions } from "./workbench.ts";

export interface SandboxWorkbench extends AsyncDisposable {
  readonly workbench: Workbench;
  /** What the workbench shows, to be asked from outside too. */
  readonly sandbox: ServedSandbox;
}

export interface SandboxOptions extends WorkbenchOptions {
  /** The small one where none is named. */
  readonly fleet?: "small" | "large";
}

/** Opens a workbench with the packed extension installed and a served sandbox open. */
export async function openSandboxWorkbench(options: SandboxOptions = {}): Promise<SandboxWorkbench> {
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.use(await startSandbox(options.fleet));
  const { env, settings } = sandbox.access;
  const workbench = stack.use(
    await Workbench.open({
      ...options,
      extensions: [await packedExtension()],
      env: { ...env, ...options.env },
      settings: { ...settings, ...options.settings },
    }),
  );
  const owned = stack.move();
  return { workbench, sandbox, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
