export interface Token {
  readonly kind: "name" | "text" | "number" | "symbol" | "end";
  readonly text: string;
  /** Where it begins in the query. */
  readonly at: number;
}

const brand = Symbol.for("scaleSetMaintenance.sandbox.queryError");

/** The query says something that the interpreter does not know. */
export class QueryError extends Error {
  readonly [brand] = true;
  readonly at: number;
  readonly token: string;

  constructor(message: string, { at, text }: Pick<Token, "at" | "text">) {
    super(message);
    this.at = at;
    this.token = text;
  }

  static is(value: unknown): value is QueryError {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** White space and comments; then one of: text, number, name (operators such as `in~` and `!contains` included), symbol. */
const pattern =
  /(?:\s|\/\/[^\n]*)+|(?<text>@?'(?:[^'\\\n]|\\.)*'|@?"(?:[^"\\\n]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<name>in~|!(?:contains|has|in|startswith)\b|\$?[A-Za-z_]\w*(?:-(?:away|expand)\b)?)|(?<symbol>==|!=|=~|>=|[|()[\]{}:,.=>*])/gy;

const unescape = (quoted: string): string =>
  quoted.startsWith("@") ? quoted.slice(2, -1) : quoted.slice(1, -1).replaceAll(/\\(.)/g, "$1");

export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of query.matchAll(pattern)) {
    for (const kind of ["text", "number", "name", "symbol"] as const) {
      const text = match.groups?.[kind];
      if (text !== undefined) tokens.push({ kind, text: kind === "text" ? unescape(text) : text, at });
    }
    at = match.index + match[0].length;
  }
  if (at < query.length) throw new QueryError("is not a token", { at, text: query.charAt(at) });
  return [...tokens, { kind: "end", text: "<EOF>", at }];
}
