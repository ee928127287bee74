import { message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";

/** During a refresh VS Code forgets the node of a row: the command must neither ask for any resource nor end in silence. */
export function staleRow(): Problem {
  return {
    kind: "conflict",
    summary: message("The row changed during a refresh."),
    wayOut: message("Try again."),
  };
}
