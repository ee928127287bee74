import { ask } from "../../scripts/lib/outside.ts";
import { accessTo, startSandbox, type ServedSandbox } from "../../scripts/lib/sandbox.ts";
import { packedExtension } from "./extension.ts";
import { stage } from "./stage.ts";
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
  const sandbox = (await lentSandbox(options.fleet)) ?? stack.use(await startSandbox(options.fleet));
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

/** The small sandbox that is lent, as it is at its start. */
async function lentSandbox(fleet: SandboxOptions["fleet"] = "small"): Promise<ServedSandbox | undefined> {
  if (stage === undefined || fleet !== "small") return undefined;
  const { sandbox } = stage;
  await ask(sandbox, "POST", "/sandbox/reset");
  return { ...sandbox, access: accessTo(sandbox), [Symbol.asyncDispose]: () => Promise.resolve() };
}
