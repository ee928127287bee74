/** Where the program says what it does; a `vscode.LogOutputChannel` fits. Tokens and signed URLs never go in. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
