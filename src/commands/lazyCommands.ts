import type { Disposable } from "vscode";
import type { CommandParts, Commands } from "./commands.ts";
import { loadCommands } from "./door.ts";

/** The commands of a window, loaded and made when the first of them is called. */
export class LazyCommands implements Disposable {
  readonly #parts: CommandParts;
  #commands: Promise<Commands> | undefined;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  load(): Promise<Commands> {
    this.#commands ??= loadCommands().then(({ createCommands }) => createCommands(this.#parts));
    return this.#commands;
  }

  dispose(): void {
    void this.#commands?.then((commands) => commands.dispose());
  }
}
