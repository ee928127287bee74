import { inLines } from "./text/visible.ts";

/** Where the program says what it does; a `vscode.LogOutputChannel` fits. Tokens and signed URLs never go in. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A log into which no text from outside writes a line that looks like one of its own: each entry's further lines are indented. */
export function readableLog(log: Log): Log {
  const entry = (text: string) => inLines(text).replaceAll(/\r\n?|\n/g, "\n  ");
  return {
    trace: (text) => log.trace(entry(text)),
    debug: (text) => log.debug(entry(text)),
    info: (text) => log.info(entry(text)),
    warn: (text) => log.warn(entry(text)),
    error: (text) => log.error(entry(text)),
  };
}
