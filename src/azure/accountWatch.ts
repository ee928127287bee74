/** What the watch takes from VS Code. */
export interface AccountSource {
  /** Ids of the accounts that are signed in. */
  accounts(): Promise<readonly string[]>;
  /** Session events, which come in bursts, and also when only a token was renewed. */
  onDidChangeSessions(listener: () => void): { dispose(): void };
}

const quietMs = 500;

/**
 * Calls `onChange` when the set of accounts has changed. Waits until the events have been quiet for half a second, then compares: a
 * renewed token is no change, and acting on each event makes refresh loops (https://github.com/microsoft/vscode-azureresourcegroups/issues/1227).
 */
export function watchAccounts(source: AccountSource, onChange: () => void): { dispose(): void } {
  let known = keyOf(source.accounts());
  let timer: NodeJS.Timeout | undefined;
  const compare = async () => {
    const before = await known;
    known = keyOf(source.accounts());
    if ((await known) !== before) onChange();
  };
  const subscription = source.onDidChangeSessions(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void compare(), quietMs);
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      subscription.dispose();
    },
  };
}

async function keyOf(accounts: Promise<readonly string[]>): Promise<string> {
  return JSON.stringify([...(await accounts)].toSorted());
}
