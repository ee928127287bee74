/** Stands in for the module `vscode` where commands run outside of VS Code: it writes down what they show. */
const shown: string[] = [];

/** Everything that was shown since the last call, a line each. */
export function takeShown(): string {
  return shown.splice(0).join("\n");
}

const show = async (text: string): Promise<undefined> => void shown.push(text);

export const l10n = {
  t: (template: string, ...args: readonly unknown[]) =>
    template.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};

export const ProgressLocation = { Window: 10, Notification: 15 };

export const window = {
  withProgress: <T>(
    { title }: { readonly title: string },
    work: (
      progress: { report(step: { readonly message?: string }): void },
      token: { onCancellationRequested(): { dispose(): void } },
    ) => Promise<T>,
  ): Promise<T> => {
    shown.push(title);
    return work(
      { report: ({ message }) => void (message !== undefined && shown.push(message)) },
      { onCancellationRequested: () => ({ dispose: () => undefined }) },
    );
  },
  showInformationMessage: show,
  showWarningMessage: show,
  showErrorMessage: show,
};

export class CancellationError extends Error {
  override readonly name = "Canceled";
}
