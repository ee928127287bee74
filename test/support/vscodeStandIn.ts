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
  | readonly string[]
  | { readonly wwwAuthenticate: string; readonly fallbackScopes: readonly string[] };

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

export class EventEmitter<T = void> {
  readonly #listeners = new Set<(event: T) => void>();
  readonly event = (listener: (event: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class ThemeIcon {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export const Disposable = {
  from: (...all: readonly { dispose(): unknown }[]) => ({
    dispose: () => {
      for (const one of all) one.dispose();
    },
  }),
};

export const QuickPickItemKind = { Separator: -1, Default: 0 };

export const QuickInputButtons = { Back: {} };

interface PickRow {
  readonly label: string;
}

/** A button of a quick pick's title bar. */
interface PickButton {
  readonly tooltip?: string;
}

/** A quick pick, to be driven as a user drives it. */
export class QuickPick {
  items: readonly PickRow[] = [];
  selectedItems: readonly PickRow[] = [];
  activeItems: readonly PickRow[] = [];
  buttons: readonly PickButton[] = [];
  canSelectMany = false;
  placeholder = "";
  title = "";
  prompt = "";
  value = "";
  busy = false;
  readonly #value = new EventEmitter<string>();
  readonly #selection = new EventEmitter<readonly PickRow[]>();
  readonly #accept = new EventEmitter();
  readonly #button = new EventEmitter<unknown>();
  readonly #hide = new EventEmitter();
  readonly onDidChangeValue = this.#value.event;
  readonly onDidChangeSelection = this.#selection.event;
  readonly onDidAccept = this.#accept.event;
  readonly onDidTriggerButton = this.#button.event;
  readonly onDidHide = this.#hide.event;

  /** Whether it was shown and not taken away since. */
  isShown = false;

  show(): void {
    this.isShown = true;
  }

  dispose(): void {
    this.isShown = false;
  }

  type(text: string): void {
    this.value = text;
    this.#value.fire(text);
  }

  /** Has these rows ticked, and no other. */
  tick(...rows: readonly PickRow[]): void {
    this.selectedItems = rows;
    this.#selection.fire(rows);
  }

  /** Enter, where rows carry checkboxes. */
  accept(): void {
    this.#accept.fire();
  }

  pressButton(tooltip: string): void {
    this.#button.fire(this.buttons.find((button) => button.tooltip === tooltip));
  }

  /** Presses a row; none where VS Code has none of its own for what was pressed. */
  press(...rows: readonly PickRow[]): void {
    this.selectedItems = rows;
    this.#accept.fire();
  }

  hide(): void {
    this.#hide.fire();
  }
}

/** Every quick pick that was shown. */
export const quickPicks: QuickPick[] = [];

export class CancellationTokenSource {
  readonly token = {};
  cancel(): void {}
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
  createQuickPick: () => {
    const pick = new QuickPick();
    quickPicks.push(pick);
    return pick;
  },
  showInformationMessage: async (_text: string): Promise<undefined> => undefined,
};

export const Uri = {
  joinPath: ({ fsPath }: { readonly fsPath: string }, ...parts: readonly string[]) => ({
    fsPath: [fsPath, ...parts].join("/"),
  }),
};
