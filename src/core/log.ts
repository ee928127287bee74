/** Where the program writes what it does, for *Show Log*. VS Code's `LogOutputChannel` is one. Not localised; never holds a secret. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
