import { message, verbatim } from "../message.ts";
import type { Message } from "../message.ts";
import type { WindowFields } from "./window.ts";

/** The schedule as a reader would say it: "Every day 22:00–03:00, Pacific Time". What is not understood is shown as it is. */
export function scheduleInWords(fields: WindowFields): Message {
  return fields.recurEvery === undefined ? message("No schedule") : verbatim(fields.recurEvery);
}
