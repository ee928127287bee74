import { existsSync, readFileSync } from "node:fs";
import { globalFlags, globalOne, knownCommands, type Known } from "./known.ts";

/** A command line as Azure CLI understands it. */
export interface Parsed {
  readonly command: string;
  readonly one: ReadonlyMap<string, string>;
  readonly many: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
}

/** What a command line says wrong: Azure CLI ends with 2. */
export class Usage extends Error {}

/** Reads a command line; throws `Usage` for what Azure CLI does not take. */
export function parseArguments(words: readonly string[]): Parsed {
  const command = Object.keys(knownCommands)
    .filter((name) => name.split(" ").every((word, index) => words[index] === word))
    .sort((a, b) => b.length - a.length)[0];
  if (command === undefined)
    throw new Usage(`'${words.join(" ")}' is misspelled or not recognized by the system.`);
  const known = knownCommands[command] ?? {};
  const one = new Map<string, string>();
  const many = new Map<string, readonly string[]>();
  const flags = new Set<string>();
  const rest = words.slice(command.split(" ").length).map(fromFile);
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    const [spelling, attached] = splitOption(word);
    const option = find(known, spelling);
    if (option === undefined) throw new Usage(`unrecognized arguments: ${word}`);
    if (option.takes === "nothing") {
      if (attached !== undefined) throw new Usage(`argument ${spelling}: ignored explicit argument`);
      flags.add(option.name);
      continue;
    }
    const values = attached === undefined ? [] : [attached];
    const most = option.takes === "one" ? 1 : Infinity;
    while (values.length < most && rest[0] !== undefined && !rest[0].startsWith("-"))
      values.push(rest.shift() ?? "");
    if (values.length === 0) throw new Usage(`argument ${spelling}: expected one argument`);
    const meant = known.isExtension === true ? values.map(fromShorthand) : values;
    if (option.takes === "one") one.set(option.name, meant[0] ?? "");
    else many.set(option.name, meant);
  }
  for (const name of known.required ?? [])
    if (!one.has(name) && !many.has(name) && !flags.has(name))
      throw new Usage(`the following arguments are required: ${name}`);
  return { command, one, many, flags };
}

function splitOption(word: string): readonly [string, string | undefined] {
  const end = word.startsWith("--") ? word.indexOf("=") : -1;
  return end === -1 ? [word, undefined] : [word.slice(0, end), word.slice(end + 1)];
}

function find(known: Known, spelling: string) {
  const among = (options: readonly string[] = []) =>
    options.map((option) => option.split(" ")).find((spellings) => spellings.includes(spelling))?.[0];
  const one = among([...(known.one ?? []), ...globalOne]);
  if (one !== undefined) return { name: one, takes: "one" } as const;
  const many = among(known.many);
  if (many !== undefined) return { name: many, takes: "many" } as const;
  const flag = among([...(known.flags ?? []), ...globalFlags]);
  return flag === undefined ? undefined : ({ name: flag, takes: "nothing" } as const);
}

/** A value that begins with @ is the content of a file, if there is one. */
function fromFile(word: string): string {
  const start = word.indexOf("=") + 1;
  const value = word.slice(start);
  if (!value.startsWith("@") || !existsSync(value.slice(1))) return word;
  return word.slice(0, start) + readFileSync(value.slice(1), "utf8").trimEnd();
}

/** Commands made by aaz-dev-tools read a notation of their own: null is no value, and '…' is text. */
function fromShorthand(value: string): string {
  if (value === "null" || value === "??") throw new Usage(`${value} is a notation, and not a text`);
  if (!value.startsWith("'")) return value;
  const quoted = /^'((?:[^']|'\/)*)'$/s.exec(value)?.[1];
  if (quoted === undefined) throw new Usage(`${value} ends in the middle of a quoted text`);
  return quoted.replaceAll("'/", "'");
}
