import type { Message } from "../../core/text/message.ts";

/** One sentence on what went wrong and, where there is one, the way out. */
export interface Explanation {
  readonly summary: Message;
  readonly wayOut?: Message;
}
