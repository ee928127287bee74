// Stands in for @vscode/spdlog, which needs a compiler: without it VS Code's output channels stay empty.
// Only what VS Code calls is here, and files do not rotate.
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

const levels = ["trace", "debug", "info", "warning", "error", "critical", "off"];

class Logger {
  #file;
  #level = 2;
  #raw = false;

  /** @param {string} file */
  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  /** @param {number} level */
  setLevel(level) {
    this.#level = level;
  }
  getLevel() {
    return this.#level;
  }
  setPattern() {
    this.#raw = false;
  }
  /** From now on the text is written as it is: the channel formats it. */
  clearFormatters() {
    this.#raw = true;
  }

  trace = (/** @type {string} */ text) => this.#write(0, text);
  debug = (/** @type {string} */ text) => this.#write(1, text);
  info = (/** @type {string} */ text) => this.#write(2, text);
  warn = (/** @type {string} */ text) => this.#write(3, text);
  error = (/** @type {string} */ text) => this.#write(4, text);
  critical = (/** @type {string} */ text) => this.#write(5, text);
  flush() {}
  drop() {}

  /** @param {number} level @param {string} text */
  #write(level, text) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace("T", " ").replace("Z", "");
    appendFileSync(this.#file, this.#raw ? text : `${time} [${levels[level]}] ${text}\n`);
  }
}

export const version = 0;
export function setFlushOn() {}
export function setLevel() {}
/** @param {string} _name @param {string} file */
export async function createRotatingLogger(_name, file) {
  return new Logger(file);
}
export const createAsyncRotatingLogger = createRotatingLogger;
