import type { Disposable } from "vscode";
import type { Runner } from "../../ui/run.ts";
import type { Session } from "./session.ts";

export interface CloseOptions {
  readonly session: Pick<Session, "origin" | "onDidChange">;
  readonly runner: Pick<Runner, "inBackground">;
  /** Documents and pages, which know what of them was opened in the sandbox. */
  readonly opened: readonly { closeSandbox(): void | Promise<void> }[];
}

/** Once the sandbox is left, closes what was opened in it: nothing there could be looked at or done any more. */
export function closeWithSandbox({ session, runner, opened }: CloseOptions): Disposable {
  let { origin: before } = session;
  return session.onDidChange(() => {
    const { origin } = session;
    if (before === "sandbox" && origin !== "sandbox")
      runner.inBackground("Closing the sandbox's pages", async () => {
        for (const one of opened) await one.closeSandbox();
      });
    before = origin;
  });
}
