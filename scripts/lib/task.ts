import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { Failure, lineForUser } from "../bootstrap/failure.mjs";
import { isEnding } from "../bootstrap/cleanup.mjs";

/** The options of a command line, as `parseArgs` reads them. */
export type Values<T extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>["values"];

/**
 * Runs a task's body with its command line. Bad use and what the user can fix become one line on stderr and the exit
 * code `failure`; the body may answer another exit code.
 */
export async function task<T extends ParseArgsOptionsConfig>(
  usage: string,
  options: T,
  body: (values: Values<T>, names: readonly string[]) => Promise<number | void>,
  failure = 1,
): Promise<void> {
  try {
    const { values, positionals } = parse(usage, options);
    process.exitCode = (await body(values, positionals)) ?? 0;
  } catch (error) {
    if (isEnding()) return;
    const line = lineForUser(error);
    if (line === undefined) throw error;
    console.error(line);
    process.exitCode = failure;
  }
}

function parse<T extends ParseArgsOptionsConfig>(usage: string, options: T) {
  try {
    return parseArgs({ options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Failure(`${error.message.split(/\. |\.?\n/)[0]}. Usage: ${usage}`);
  }
}

/** Refuses names on the command line, for tasks that take none. */
export function noNames(usage: string, names: readonly string[]): void {
  if (names.length > 0) throw new Failure(`Unexpected "${names[0]}". Usage: ${usage}`);
}
