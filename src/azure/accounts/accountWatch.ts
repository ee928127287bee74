import { withoutAddresses } from "../errors/addresses.ts";
import type { Log } from "../../core/log.ts";

/** What the watch takes from VS Code. */
export interface AccountSource {
  /** Ids of the accounts that are signed in. */
  accounts(): Promise<readonly string[]>;
  /** Session events, which come in bursts, and also when only a token was renewed. */
  onDidChangeSessions(listener: () => void): { dispose(): void };
}

export interface AccountWatch {
  /** The accounts of now are known to the listener already. */
  accept(): void;
  dispose(): void;
}

const quietMs = 500;

/**
 * Calls `onChange` when the set of accounts has changed. Waits until the events have been quiet for half a second, then compares: a
 * renewed token is no change, and acting on each event makes refresh loops (https://github.com/microsoft/vscode-azureresourcegroups/issues/1227).
 * Where VS Code does not tell the accounts, the set counts as it was.
 */
export function watchAccounts(
  source: AccountSource,
  onChange: () => void,
  log: Pick<Log, "warn">,
): AccountWatch {
  const ask = async (before: string | undefined) => {
    try {
      return JSON.stringify([...(await source.accounts())].toSorted());
    } catch (error) {
      log.warn(`The accounts could not be loaded: ${withoutAddresses(String(error))}`);
      return before;
    }
  };
  let known = ask(undefined);
  let timer: NodeJS.Timeout | undefined;
  const compare = async () => {
    const before = await known;
    known = ask(before);
    if ((await known) !== before) onChange();
  };
  const subscription = source.onDidChangeSessions(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void compare(), quietMs);
  });
  return {
    accept: () => {
      known = known.then(ask);
    },
    dispose: () => {
      clearTimeout(timer);
      subscription.dispose();
    },
  };
}
