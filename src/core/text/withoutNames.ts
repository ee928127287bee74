import type { Message, MessageArgument } from "./message.ts";

/** More of a service's words, in characters, is not kept. */
const mostKept = 8000;

/** What an address ends at: `'megan@contoso.com'`, `<megan@contoso.com>`. */
const ends: ReadonlySet<string> = new Set(` \t\r\n"'<>()[]{},;`);
/** Where it begins; a name may have an apostrophe or a brace in it. */
const starts: ReadonlySet<string> = new Set(` \t\r\n"<>()[],;`);

/**
 * Text for what is kept, without whom it names: Azure tells whom it refuses, `The client 'megan@contoso.com' with object id '…' does not have
 * authorization`. Each sign is looked at a few times at most, however long the text is; what is longer than is kept is cut.
 */
export function withoutNames(text: string): string {
  const start = text.length > mostKept ? `${text.slice(0, mostKept)}…` : text;
  return withoutAddresses(start.replaceAll(/\b(client|user|object id|principal) '[^']*'?/gi, "$1 '…'"));
}

/** The same of what fills a message; its template is ours. */
export function messageWithoutNames({ template, args }: Message): Message {
  return { template, args: args.map(argumentWithoutNames) };
}

function argumentWithoutNames(argument: MessageArgument): MessageArgument {
  if (typeof argument === "string") return withoutNames(argument);
  return typeof argument === "object" && "template" in argument ? messageWithoutNames(argument) : argument;
}

/** The text with “…” for each word that has an `@` inside. */
function withoutAddresses(text: string): string {
  let kept = "";
  let taken = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", taken)) {
    let [from, to] = [at, at + 1];
    while (from > taken && !starts.has(text.charAt(from - 1))) from -= 1;
    while (from < at - 1 && text[from] === "'") from += 1;
    while (to < text.length && !ends.has(text.charAt(to))) to += 1;
    const isAddress = from < at && to > at + 1;
    kept += isAddress ? `${text.slice(taken, from)}…` : text.slice(taken, to);
    taken = to;
  }
  return kept + text.slice(taken);
}
