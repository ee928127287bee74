import { constants } from "node:os";
import { endings } from "../bootstrap/child.mjs";

const undoes: (() => Promise<void> | void)[] = [];

/**
 * Registers what has to be undone when the program ends, however it ends: by `await using` at the end of the scope, or
 * at a signal, the last one first.
 */
export function atEnd(undo: () => Promise<void> | void): AsyncDisposable {
  if (undoes.length === 0) listen();
  undoes.push(undo);
  return {
    async [Symbol.asyncDispose]() {
      const index = undoes.indexOf(undo);
      if (index < 0) return;
      undoes.splice(index, 1);
      await undo();
    },
  };
}

/** Whether a signal has asked the program to end; what fails from then on is no news. */
export function isEnding(): boolean {
  return ending;
}

let listening = false;
let ending = false;

function listen(): void {
  if (listening) return;
  listening = true;
  for (const signal of endings) process.on(signal, () => void end(128 + constants.signals[signal]));
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  for (let undo = undoes.pop(); undo; undo = undoes.pop()) {
    try {
      await undo();
    } catch (error) {
      console.error(error);
    }
  }
  process.exit(code);
}
