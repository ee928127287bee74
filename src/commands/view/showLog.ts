import type { OutputChannel } from "vscode";
import type { Handler } from "../handler.ts";

export const showLog =
  ({ log }: { readonly log: Pick<OutputChannel, "show"> }): Handler =>
  async () =>
    log.show();
