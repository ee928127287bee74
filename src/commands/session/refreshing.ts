import type { Disposable, TreeView } from "vscode";
import type { Runner } from "../../ui/run.ts";
import type { Session } from "./session.ts";

/** How long after a plan the fleet is read, and how often it is looked whether what is shown is old. */
const afterPlanMs = 10_000;
const lookIntervalMs = 60_000;

/** Refreshes the fleet after a plan. */
export class Refreshing implements Disposable {
  readonly #session: Session;
  readonly #runner: Runner;
  #soon: NodeJS.Timeout | undefined;

  constructor(session: Session, runner: Runner) {
    this.#session = session;
    this.#runner = runner;
  }

  /** Refreshes the fleet some seconds after the last call, and after a running refresh. */
  soon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => {
      this.#runner.inBackground("Refreshing the fleet", async () => {
        const didRead = await this.#session.refreshIfIdle();
        if (!didRead && this.#session.azure !== undefined) this.soon();
      });
    }, afterPlanMs);
  }

  dispose(): void {
    clearTimeout(this.#soon);
  }
}

export interface KeepFreshOptions {
  readonly session: Session;
  /** Loaded at the first look: their code is there by then, since it reads the plans of each connection. */
  readonly commands: { load(): Promise<{ refreshWhenOld(): Promise<void> }> };
  readonly runner: Runner;
  readonly views: readonly Pick<TreeView<unknown>, "visible">[];
}

/** Has the fleet refreshed when it is old, as long as one of the views can be seen. */
export function keepFresh({ session, commands, runner, views }: KeepFreshOptions): Disposable {
  const look = () => {
    if (session.azure === undefined || !views.some(({ visible }) => visible)) return;
    runner.inBackground("Refreshing the fleet", async () => (await commands.load()).refreshWhenOld());
  };
  const timer = setInterval(look, lookIntervalMs);
  return { dispose: () => clearInterval(timer) };
}
