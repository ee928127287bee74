/** Counts as English reads them. */
import { message, type Message } from "../../core/text/message.ts";

export function scaleSetsInWords(count: number): Message {
  return count === 1 ? message("1 scale set") : message("{0} scale sets", count);
}

export function batchCountInWords(count: number, size: number): Message {
  return count === 1
    ? message("1 batch of at most {0}", size)
    : message("{0} batches of at most {1}", count, size);
}
