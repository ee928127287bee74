import { nameOf } from "../core/ids.ts";
import { message, verbatim, type Message } from "../core/message.ts";
import type { Plan } from "../core/plan.ts";
import { changedValues } from "./changedValues.ts";
import { bySubject } from "./changeRows.ts";

/** All that a plan would do, line by line: what is changed of each resource, the warnings, and what is left as it is and why. */
export function planOutline({ changes, warnings, leftOut }: Plan): readonly Message[] {
  const empty = verbatim("");
  return [
    ...bySubject(changes).flatMap(([subject, those]) => [
      empty,
      verbatim(nameOf(subject)),
      indented(verbatim(subject)),
      ...those.flatMap((change) => [
        listed(change.title),
        ...changedValues(change).map((value) => indented(indented(value))),
      ]),
    ]),
    ...(warnings.length === 0 ? [] : [empty, message("Warnings:"), ...warnings.map(listed)]),
    ...(leftOut.length === 0 ? [] : [empty, message("Left as they are:")]),
    ...leftOut.flatMap(({ target, reason }) => [
      listed(verbatim(nameOf(target))),
      indented(verbatim(target)),
      indented(reason),
    ]),
  ];
}

const listed = (line: Message): Message => ({ template: "- {0}", args: [line] });
const indented = (line: Message): Message => ({ template: "    {0}", args: [line] });
