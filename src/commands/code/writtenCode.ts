import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import type { Log } from "../../core/log.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { message } from "../../core/text/message.ts";
import type { CodeFile } from "../../export/code/codeFile.ts";
import type { CodeContext } from "../../export/code/context.ts";
import type { CodeLanguage } from "../../export/code/languages.ts";
import { loadCodeExport } from "../../export/door.ts";
import { Failure } from "../../ui/failure.ts";
import { localize } from "../../ui/messages.ts";
import { withLateProgress } from "../../ui/run.ts";
import { mention } from "../../ui/statusBar.ts";
import { chosenCode, type Destination } from "./chosenLanguage.ts";
import { saveInFolder } from "./saveInFolder.ts";

type CodeExport = Awaited<ReturnType<typeof loadCodeExport>>;

/** What is exported: a plan, or what Azure has. */
export interface CodeSource {
  /** Of the command, as the title of what it asks. */
  readonly title: string;
  readonly azure: Pick<Azure, "cloud">;
  write(
    code: CodeExport,
    language: CodeLanguage,
    context: CodeContext,
    signal: AbortSignal,
  ): Promise<readonly CodeFile[]>;
}

/** A plan as it was reviewed. */
export function sourceOf(title: string, azure: Pick<Azure, "cloud">, plan: Plan): CodeSource {
  return {
    title,
    azure,
    write: (code, language, context, signal) => code.exportPlan(language, plan, context, signal),
  };
}

/** Asks for a language and hands the code over. Nothing is sent. Throws CancellationError where the user cancels it. */
export async function exportAsCode(source: CodeSource, log: Log): Promise<void> {
  const { language, destination } = await chosenCode(source.title);
  await handOver(source, language, destination, log);
}

/** Writes the code in a language into an untitled document, or a folder where it is several files; or copies it. */
export async function handOver(
  source: CodeSource,
  language: CodeLanguage,
  destination: Destination,
  log: Log,
): Promise<void> {
  const code = await loadCodeExport();
  const context = { madeAtMs: Date.now(), cloud: source.azure.cloud.name, say: localize };
  const files = await withLateProgress(vscode.l10n.t("Exporting…"), (signal) =>
    source.write(code, language, context, signal),
  );
  const [first, second] = files;
  if (first === undefined) throw new Failure({ kind: "validation", summary: message("Nothing to export") });
  if (destination === "clipboard") {
    await vscode.env.clipboard.writeText(first.text);
    mention(vscode.l10n.t("Copied to the clipboard"), "check");
  } else if (second === undefined) await openUntitled(first);
  else await saveInFolder(files, source.title, log);
}

async function openUntitled({ languageId, text, encoding }: CodeFile): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const document = await vscode.workspace.openTextDocument({
    // Of Bicep and Terraform only their extensions know the language.
    language: known.includes(languageId) ? languageId : "plaintext",
    content: text,
    ...(encoding && { encoding }),
  });
  await vscode.window.showTextDocument(document, { preview: false });
}
