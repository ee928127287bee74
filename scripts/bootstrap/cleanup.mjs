import { constants } from "node:os";

/** @typedef {(signal?: NodeJS.Signals) => unknown} Undo may answer a promise */

/** Signals that ask a program to end. */
const endings = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** @type {Undo[]} */
const undoes = [];
let listening = false;
let ending = false;

/**
 * Registers what has to be undone when the program ends, however it ends: by `await using` at the end of the scope, or
 * at a signal, the last one first.
 * @param {Undo} undo
 * @returns {AsyncDisposable}
 */
export function atEnd(undo) {
  if (!listening) {
    listening = true;
    for (const signal of endings) process.on(signal, () => void end(signal));
  }
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
export function isEnding() {
  return ending;
}

/** @param {typeof endings[number]} signal */
async function end(signal) {
  if (ending) return;
  ending = true;
  for (let undo = undoes.pop(); undo; undo = undoes.pop()) {
    try {
      await undo(signal);
    } catch (error) {
      console.error(error);
    }
  }
  process.exit(128 + constants.signals[signal]);
}
