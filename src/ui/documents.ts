import * as vscode from "vscode";

const scheme = "scale-set-maintenance";

/** Language of texts in words, which `package.json` wraps: in a plain text what does not fit would be cut. */
const report = "scale-set-maintenance-report";

/** Shows read-only text in editors: properties, exact requests, results. A text is forgotten when its editor closes. */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #disposable: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor() {
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
    const uri = vscode.Uri.from({ scheme, path: path.startsWith("/") ? path : `/${path}` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    if (path.endsWith(".txt")) {
      await vscode.languages.setTextDocumentLanguage(document, report);
      this.#texts.set(uri.toString(), text); // the change of language closes the document for a moment
    }
    await vscode.window.showTextDocument(document);
  }

  /** Shows a JSON value as it came from Azure. */
  showJson(path: string, value: unknown): Promise<void> {
    return this.show(`${path}.json`, `${JSON.stringify(value, undefined, 2)}\n`);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    // An editor that VS Code restores after a reload has no text any more.
    return (
      this.#texts.get(uri.toString()) ??
      vscode.l10n.t("This text was not kept. Open it again from the Fleet view.")
    );
  }

  dispose(): void {
    this.#disposable.dispose();
  }
}
