import type { OutputChannel } from "vscode";
import type { Handler } from "../handler.ts";

export const showLog =
  ({ channel }: { readonly channel: Pick<OutputChannel, "show"> }): Handler =>
  async () =>
    channel.show();
