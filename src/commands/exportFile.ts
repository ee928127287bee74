import { homedir } from "node:os";
import * as vscode from "vscode";
import type { Log } from "../core/log.ts";
import { inPieces, inSlices } from "../core/slices.ts";
import type { Sliced } from "../core/slices.ts";
import type { Message } from "../core/text/message.ts";
import { localize } from "../ui/messages.ts";
import { notify } from "../ui/notify.ts";
import { withLateProgress } from "../ui/run.ts";

/** A file that a command exports. */
export interface Export {
  /** Of the command, as the dialog's title. */
  readonly title: string;
  /** Proposed; the user may choose another. */
  readonly name: string;
  readonly filters: Readonly<Record<string, string[]>>;
  /** Asked for once the user has said where the file goes; a large one comes `encoded`. */
  readonly text: () => string | Uint8Array | Promise<string | Uint8Array>;
  /** What it has, such as "4 windows"; asked for once it is written. */
  readonly count: () => Message;
}

/** How many characters are encoded at once: each encoding takes memory of its own, which is dear for a short line. */
const encodedLength = 65_536;

/** The parts of a text as one file. */
export function* encoded(parts: Iterable<string>): Sliced<Uint8Array> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let text = "";
  yield* inPieces(parts, (part) => {
    text += part;
    if (text.length < encodedLength) return;
    pieces.push(encoder.encode(text));
    text = "";
  });
  return Buffer.concat([...pieces, encoder.encode(text)]);
}

/** Does what is exported in slices, with progress and a way to cancel where it takes long. */
export function cancellable<T>(work: Sliced<T>): Promise<T> {
  return withLateProgress(vscode.l10n.t("Exporting…"), (signal) => inSlices(work, signal));
}

/** Asks where the file goes, writes it and offers to open it. Throws CancellationError when the user does not say where. */
export async function exportFile(log: Log, { title, name, filters, text, count }: Export): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title,
    saveLabel: vscode.l10n.t("Export"),
    defaultUri: vscode.Uri.joinPath(folder, name),
    filters,
  });
  if (target === undefined) throw new vscode.CancellationError();
  const content = await text();
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(target, bytes);
  const open = () => vscode.commands.executeCommand("vscode.open", target);
  notify(
    vscode.window.showInformationMessage,
    vscode.l10n.t("Exported {0} to {1}", localize(count()), target.path.split("/").at(-1) ?? ""),
    new Map([[vscode.l10n.t("Open File"), open]]),
    log,
  );
}
