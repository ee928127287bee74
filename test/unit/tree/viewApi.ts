/** Stands in for the module `vscode` where a view runs outside of VS Code: what its nodes are made of, and its events. */
export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export const Disposable = {
  from: (...parts: readonly { dispose(): unknown }[]) => ({
    dispose: () => {
      for (const part of parts) part.dispose();
    },
  }),
};

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class TreeItem {
  readonly label: string;

  constructor(label: string) {
    this.label = label;
  }
}

export class ThemeIcon {}

export class ThemeColor {}

export const env = { language: "en" };

const settings = new Map<string, unknown>();
const configured = new EventEmitter<{ affectsConfiguration(name: string): boolean }>();

export const workspace = {
  onDidChangeConfiguration: configured.event,
  getConfiguration: (section: string) => ({ get: (name: string) => settings.get(`${section}.${name}`) }),
};

/** As the user changes a setting, given by its full name. */
export function changeSetting(name: string, value: unknown): void {
  settings.set(name, value);
  configured.fire({ affectsConfiguration: (asked) => asked === name });
}

export const l10n = {
  t: (text: string, ...args: readonly unknown[]) =>
    text.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};
