import * as vscode from "vscode";

const scheme = "scale-set-maintenance";

/** Language of texts in words, which `package.json` wraps: in a plain text what does not fit would be cut. */
const report = "scale-set-maintenance-report";

interface Text {
  readonly text: string;
  readonly isOfSandbox: boolean;
}

/** Shows read-only text in editors: properties, exact requests, plans. A text is forgotten when its editor closes. */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #isSandbox: () => boolean;
  readonly #texts = new Map<string, Text>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #disposable: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  /** @param isSandbox whether the sandbox is open */
  constructor(isSandbox: () => boolean) {
    this.#isSandbox = isSandbox;
    this.#disposable = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  /**
   * Shows `text` in an editor titled by the last segment of `path`; showing the same path again replaces its text.
   * The ending of `path` chooses the language: `.json`, or `.txt` for words.
   */
  async show(path: string, text: string): Promise<void> {
    await vscode.window.showTextDocument(await this.#open(path, text));
  }

  /** Shows `text` where it is open, else to the side of the active editor. The focus stays where it is, for example in a quick pick. */
  async showToTheSide(path: string, text: string): Promise<void> {
    const document = await this.#open(path, text);
    const { visibleTextEditors, activeTextEditor, tabGroups } = vscode.window;
    const shown = visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
    const isEmpty = activeTextEditor === undefined && tabGroups.activeTabGroup.tabs.length === 0;
    const viewColumn = shown ?? (isEmpty ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside);
    await vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true });
  }

  async #open(path: string, text: string): Promise<vscode.TextDocument> {
    const shown = { text, isOfSandbox: this.#isSandbox() };
    const uri = this.#put(path, shown);
    const document = await vscode.workspace.openTextDocument(uri);
    if (!path.endsWith(".txt")) return document;
    const inWords = await vscode.languages.setTextDocumentLanguage(document, report);
    this.#texts.set(uri.toString(), shown); // the change of language closes the document for a moment
    return inWords;
  }

  /** Shows a JSON value as it came from Azure. */
  showJson(path: string, value: unknown): Promise<void> {
    return this.show(`${path}.json`, printed(value));
  }

  /** Shows two JSON values in the diff editor, the earlier one on the left. */
  async compareJson(path: string, title: string, [before, now]: readonly [unknown, unknown]): Promise<void> {
    const isOfSandbox = this.#isSandbox();
    const put = (which: string, value: unknown) =>
      this.#put(`${path}.${which}.json`, { text: printed(value), isOfSandbox });
    const [left, right] = [put("before", before), put("now", now)];
    // Not as a preview, which would take the place of the results that it was opened from.
    await vscode.commands.executeCommand("vscode.diff", left, right, title, { preview: false });
  }

  /** Closes the editors of what was shown of the sandbox. */
  async closeSandbox(): Promise<void> {
    const isOfSandbox = ({ input }: vscode.Tab) => {
      const uri =
        input instanceof vscode.TabInputText
          ? input.uri
          : input instanceof vscode.TabInputTextDiff
            ? input.modified
            : undefined;
      return uri !== undefined && this.#texts.get(uri.toString())?.isOfSandbox === true;
    };
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter(isOfSandbox));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    // An editor that VS Code restores after a reload has no text any more.
    return (
      this.#texts.get(uri.toString())?.text ??
      vscode.l10n.t("This text is no longer available. Open it again from the Fleet view.")
    );
  }

  dispose(): void {
    this.#disposable.dispose();
  }

  #put(path: string, text: Text): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: path.startsWith("/") ? path : `/${path}` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }
}

function printed(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
