import * as vscode from "vscode";
import { message, type Message } from "../../core/text/message.ts";
import { localize } from "../../ui/messages.ts";
import { plainText } from "../../ui/outside.ts";
import type { Item } from "./pickItems.ts";
import { show, titleOf } from "./quickInput.ts";

/** Shows that something is being read for a flow, until it is; see `Prompter.wait`. */
export async function wait<T extends object>(
  flow: Message,
  load: (signal: AbortSignal, say: (progress: Message) => void) => Promise<T>,
): Promise<T | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  const loading = new AbortController();
  const loaded: T[] = [];
  pick.busy = true;
  pick.title = plainText(titleOf({ flow }, { title: message("Loading…") }));
  await show(
    pick,
    { flow, canGoBack: false },
    () => undefined,
    (reply) => {
      const say = (progress: Message) => {
        if (!loading.signal.aborted) pick.placeholder = plainText(localize(progress));
      };
      void load(loading.signal, say).then((value) => {
        if (!loading.signal.aborted) loaded.push(value);
        reply({ kind: "value", value: "" });
      });
      return [{ dispose: () => loading.abort() }];
    },
  );
  return loaded[0];
}
