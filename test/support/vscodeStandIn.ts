/** Stands in for the module `vscode` outside of VS Code: what sign-in, the azureauth library and the commands of tests take from it. */
export interface Account {
  readonly id: string;
  readonly label: string;
}

export interface SessionOptions {
  readonly account?: Account;
  readonly silent?: boolean;
  readonly createIfNone?: unknown;
  readonly forceNewSession?: unknown;
  readonly clearSessionPreference?: boolean;
}

/** Scopes, or a challenge with the scopes to fall back to. */
export type Request =
  readonly string[] | { readonly wwwAuthenticate: string; readonly fallbackScopes: readonly string[] };

export type SessionsListener = (event: { readonly provider: { readonly id: string } }) => void;

/** What a test sets. */
export const authentication = {
  getAccounts: async (_provider: string): Promise<readonly Account[]> => [],
  getSession: async (
    _provider: string,
    _request: Request,
    _options: SessionOptions,
  ): Promise<{ readonly accessToken: string; readonly idToken?: string } | undefined> => undefined,
  onDidChangeSessions: (_listener: SessionsListener) => ({ dispose() {} }),
};

/** By full name. */
export const settings: Record<string, unknown> = {};

export const workspace = {
  getConfiguration: (section: string) => ({
    get: (name: string, absent?: unknown) => settings[`${section}.${name}`] ?? absent,
    inspect: () => undefined,
  }),
};

export const l10n = {
  t: (text: string, ...args: readonly string[]) =>
    text.replaceAll(/\{(\d+)\}/g, (whole, index: string) => args[Number(index)] ?? whole),
};

export const env = { language: "en" };

export class EventEmitter {
  readonly #listeners = new Set<() => void>();
  readonly event = (listener: () => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(): void {
    for (const listener of this.#listeners) listener();
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class CancellationError extends Error {
  override readonly name = "Canceled";
}

export const ConfigurationTarget = { Global: 1, Workspace: 2 };

export const ProgressLocation = { Window: 10, Notification: 15 };

/** A progress that the user can cancel. */
export interface ShownProgress {
  readonly title: string;
  cancel(): void;
}

/** Hears of each as it is shown; what a test sets. */
export const progress = { onShow: (_shown: ShownProgress): void => undefined };

interface ProgressOptions {
  readonly title?: string;
  readonly cancellable?: boolean;
}

async function withProgress<T>(
  { title = "", cancellable = false }: ProgressOptions,
  work: (
    progress: { report(): void },
    token: { readonly onCancellationRequested: EventEmitter["event"] },
  ) => Promise<T>,
): Promise<T> {
  const cancelled = new EventEmitter();
  const working = work({ report() {} }, { onCancellationRequested: cancelled.event });
  if (cancellable) progress.onShow({ title, cancel: () => cancelled.fire() });
  return working;
}

/** Every warning that was shown. */
export const warnings: string[] = [];

export const window = {
  withProgress,
  showWarningMessage: async (text: string): Promise<undefined> => void warnings.push(text),
  showInformationMessage: async (_text: string): Promise<undefined> => undefined,
};

export const Uri = {
  joinPath: ({ fsPath }: { readonly fsPath: string }, ...parts: readonly string[]) => ({
    fsPath: [fsPath, ...parts].join("/"),
  }),
};
