import { QueryError, type Token, tokensOf } from "./tokens.ts";

/** Walks over the tokens of a query. Words of the language are matched as they are written: lower case. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(query: string) {
    this.#tokens = tokensOf(query);
  }

  get next(): Token {
    const token = this.#tokens[this.#index];
    if (token === undefined) throw new Error("There is no token after the end");
    return token;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== "end") this.#index++;
    return token;
  }

  /** Takes the next token if it is this symbol or word. */
  accept(text: string): boolean {
    const { kind, text: next } = this.next;
    const found = next === text && (kind === "symbol" || kind === "name");
    if (found) this.#index++;
    return found;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.error(`stands where '${text}' is expected`);
  }

  name(): string {
    if (this.next.kind !== "name") throw this.error("stands where a name is expected");
    return this.take().text;
  }

  wholeNumber(): number {
    const { kind, text } = this.next;
    if (kind !== "number" || !/^\d+$/.test(text)) throw this.error("stands where a whole number is expected");
    return Number(this.take().text);
  }

  /** Whether a step of the query ends here. */
  get isAtEnd(): boolean {
    const { kind, text } = this.next;
    return kind === "end" || (kind === "symbol" && (text === "|" || text === ")"));
  }

  /** Whether an assignment begins here: `name = …`. */
  get isAssignment(): boolean {
    const [first, second] = [this.next, this.#tokens[this.#index + 1]];
    return first.kind === "name" && second?.kind === "symbol" && second.text === "=";
  }

  /** One or more of something, with commas between. */
  list<T>(one: () => T): T[] {
    const found = [one()];
    while (this.accept(",")) found.push(one());
    return found;
  }

  /** Any number of something with commas between, up to the symbol that closes it. */
  listUntil<T>(close: string, one: () => T): T[] {
    if (this.accept(close)) return [];
    const found = this.list(one);
    this.expect(close);
    return found;
  }

  error(message: string, token: Token = this.next): QueryError {
    return new QueryError(message, token);
  }
}
