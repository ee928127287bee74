// A backtracking matcher that counts what it does. What an engine does is less, as it takes short cuts, and grows in the same way.

/** A regular expression, read. */
type Part =
  /** One character; `source` is what stands for it. */
  | { readonly kind: "sign"; readonly source: string }
  | { readonly kind: "sequence"; readonly parts: readonly Part[] }
  | { readonly kind: "choice"; readonly branches: readonly Part[] }
  | {
      readonly kind: "repeat";
      readonly part: Part;
      readonly min: number;
      readonly max: number;
      readonly isLazy: boolean;
    }
  | { readonly kind: "look"; readonly part: Part; readonly isBehind: boolean; readonly isNegative: boolean }
  /** `^`, `$`, `\b` or `\B`. */
  | { readonly kind: "place"; readonly source: string };

/** What a character is tried with, whatever else the pattern names. */
const usual = ["a", "Z", "0", " ", "\n", "/", "'", "@", ".", "é"];

/** Ends a text so that what has matched up to there does not match as a whole. */
const misfit = "\u0001";

/**
 * The most steps that finding all matches takes, for each character of a text that is made to be nasty for this pattern: runs of what it
 * repeats, after what leads up to it, and its own beginnings over and over. Stops counting at `limit` steps for each character.
 */
export function mostSteps(pattern: RegExp, length: number, limit: number): { steps: number; text: string } {
  const part = read(pattern);
  let most = { steps: 0, text: "" };
  for (const text of nastyTexts(part, pattern, length)) {
    const steps = stepsOf(part, pattern, text, limit * text.length) / text.length;
    if (steps > most.steps) most = { steps, text: `${JSON.stringify(text.slice(0, 60))}…` };
    if (steps >= limit) break;
  }
  return most;
}

/** How many steps it takes to find all matches in a text, from left to right; stops at `limit`. */
function stepsOf(part: Part, { flags }: RegExp, text: string, limit: number): number {
  const isMultiline = flags.includes("m");
  const matchers = new Map<string, (sign: string) => boolean>();
  let steps = 0;
  const isWord = (at: number) => /\w/.test(text.charAt(at));
  const stands = (source: string, at: number) => {
    switch (source) {
      case "^":
        return at === 0 || (isMultiline && text[at - 1] === "\n");
      case "$":
        return at === text.length || (isMultiline && text[at] === "\n");
      default:
        return (isWord(at - 1) !== isWord(at)) === (source === String.raw`\b`);
    }
  };
  const takes = ({ source }: Part & { kind: "sign" }, at: number) => {
    steps += 1;
    if (at < 0 || at >= text.length || steps > limit) return false;
    let matcher = matchers.get(source);
    if (matcher === undefined) {
      matcher = signMatcher(source, flags);
      matchers.set(source, matcher);
    }
    return matcher(text.charAt(at));
  };
  /** Where the part ends from `at` on so that `go` then holds; undefined where nowhere. */
  const match = (tried: Part, at: number, go: (at: number) => number | undefined): number | undefined => {
    steps += 1;
    if (steps > limit) return undefined;
    switch (tried.kind) {
      case "sign":
        return takes(tried, at) ? go(at + 1) : undefined;
      case "place":
        return stands(tried.source, at) ? go(at) : undefined;
      case "sequence": {
        const from = (index: number, place: number): number | undefined => {
          const next = tried.parts[index];
          return next === undefined ? go(place) : match(next, place, (end) => from(index + 1, end));
        };
        return from(0, at);
      }
      case "choice":
        for (const branch of tried.branches) {
          const end = match(branch, at, go);
          if (end !== undefined) return end;
        }
        return undefined;
      case "look": {
        const from = tried.isBehind ? at - 1 : at; // only one character behind is read
        const isThere = from >= 0 && match(tried.part, from, (end) => end) !== undefined;
        return isThere === tried.isNegative ? undefined : go(at);
      }
      case "repeat":
        return tried.part.kind === "sign" ? run(tried, tried.part, at, go) : again(tried, 0, at, go);
    }
  };
  /** A run of one character, without a frame for each. */
  const run = (
    { min, max, isLazy }: Part & { kind: "repeat" },
    sign: Part & { kind: "sign" },
    at: number,
    go: (at: number) => number | undefined,
  ): number | undefined => {
    let count = 0;
    while (count < min && takes(sign, at + count)) count += 1;
    if (count < min) return undefined;
    if (isLazy) {
      for (;;) {
        const end = go(at + count);
        if (end !== undefined || count >= max || !takes(sign, at + count)) return end;
        count += 1;
      }
    }
    while (count < max && takes(sign, at + count)) count += 1;
    for (; count >= min; count--) {
      const end = go(at + count);
      if (end !== undefined || steps > limit) return end;
    }
    return undefined;
  };
  const again = (
    repeat: Part & { kind: "repeat" },
    count: number,
    at: number,
    go: (at: number) => number | undefined,
  ): number | undefined => {
    const more = () =>
      count >= repeat.max
        ? undefined
        : match(repeat.part, at, (end) => (end === at ? undefined : again(repeat, count + 1, end, go)));
    if (count < repeat.min) return more();
    return repeat.isLazy ? (go(at) ?? more()) : (more() ?? go(at));
  };
  for (let at = 0; at <= text.length && steps <= limit;) {
    const end = match(part, at, (place) => place);
    if (end === undefined && flags.includes("y")) break;
    at = end === undefined || end === at ? at + 1 : end;
  }
  return steps;
}

function signMatcher(source: string, flags: string): (sign: string) => boolean {
  const whole = new RegExp(`^(?:${source})$`, flags.replaceAll(/[gy]/g, ""));
  const known = new Map<string, boolean>();
  return (sign) => {
    const before = known.get(sign);
    if (before !== undefined) return before;
    const does = whole.test(sign);
    known.set(sign, does);
    return does;
  };
}

function nastyTexts(part: Part, { flags }: RegExp, length: number): ReadonlySet<string> {
  const signs = new Set(usual);
  const seeds = new Set<string>();
  const leads = new Map<string, string>();
  const sampled = (source: string) => {
    const does = signMatcher(source, flags);
    const candidates = [...source.replaceAll(/\\[a-zA-Z]/g, ""), ...usual, "-", "z", "A", "9", "\t", "("];
    return candidates.find((sign) => sign.length === 1 && does(sign)) ?? "a";
  };
  /** A text that the part matches; on the way, what stands before each repetition. */
  const witness = (of: Part, before: string): string => {
    seeds.add(before);
    switch (of.kind) {
      case "sign": {
        const sign = sampled(of.source);
        signs.add(sign);
        return sign;
      }
      case "place":
      case "look":
        return "";
      case "sequence":
        return of.parts.reduce((text, next) => text + witness(next, before + text), "");
      case "choice":
        return of.branches.map((branch) => witness(branch, before))[0] ?? "";
      case "repeat": {
        const one = witness(of.part, before);
        if (of.max > 1) leads.set(`${before}\n${one}`, before);
        return one.repeat(Math.max(1, of.min));
      }
    }
  };
  seeds.add(witness(part, ""));
  const texts = new Set<string>();
  const put = (lead: string, pump: string) => {
    if (pump === "") return;
    const text = lead + pump.repeat(Math.ceil(length / pump.length));
    texts.add(text).add(text + misfit);
  };
  for (const sign of signs) put("", sign);
  for (const seed of seeds) put("", seed);
  for (const [key, lead] of leads) put(lead, key.slice(lead.length + 1));
  for (const lead of new Set(leads.values())) for (const sign of signs) put(lead, sign);
  return texts;
}

/** Reads a pattern as far as this program's go; throws at anything else. */
function read({ source }: RegExp): Part {
  let at = 0;
  const peek = (text: string) => source.startsWith(text, at);
  const skip = (text: string) => {
    if (!peek(text)) return false;
    at += text.length;
    return true;
  };
  const one = (form: RegExp) => {
    form.lastIndex = at;
    const found = form.exec(source);
    if (found === null) throw new Error(`Not read: ${source} at ${at}`);
    at += found[0].length;
    return found;
  };
  const choice = (): Part => {
    const branches = [sequence()];
    while (skip("|")) branches.push(sequence());
    return branches.length === 1 && branches[0] ? branches[0] : { kind: "choice", branches };
  };
  const sequence = (): Part => {
    const parts: Part[] = [];
    while (at < source.length && !peek("|") && !peek(")")) parts.push(repeated(atom()));
    return { kind: "sequence", parts };
  };
  const group = (): Part => {
    const [, look] = one(/\((\?<?[=!]|\?:|\?<\w+>)?/y);
    const part = choice();
    one(/\)/y);
    if (look === undefined || look === "?:" || look.endsWith(">")) return part;
    const behind = part.kind === "sequence" ? part.parts : [part];
    if (look.includes("<") && (behind.length !== 1 || behind[0]?.kind !== "sign"))
      throw new Error(`Not read: ${source}`);
    return { kind: "look", part, isBehind: look.includes("<"), isNegative: look.endsWith("!") };
  };
  const atom = (): Part => {
    if (peek("(")) return group();
    const [found] = one(
      /\[(?:[^\]\\]|\\.)*\]|\\[pP]\{\w+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[A-Z]|\\.|[^]/y,
    );
    if (/^\\[1-9k]/.test(found)) throw new Error(`Not read: ${source}`);
    const isPlace = found === "^" || found === "$" || found === String.raw`\b` || found === String.raw`\B`;
    return { kind: isPlace ? "place" : "sign", source: found };
  };
  const repeated = (part: Part): Part => {
    const [, sign, least, comma, most, lazy] = one(/(?:([*+?])|\{(\d+)(,)?(\d+)?\})?(\?)?/y);
    const isLazy = lazy !== undefined;
    if (sign !== undefined)
      return { kind: "repeat", part, min: sign === "+" ? 1 : 0, max: sign === "?" ? 1 : Infinity, isLazy };
    if (least === undefined) return part;
    const min = Number(least);
    return { kind: "repeat", part, min, max: comma === undefined ? min : Number(most ?? Infinity), isLazy };
  };
  const part = choice();
  if (at < source.length) throw new Error(`Not read: ${source} at ${at}`);
  return part;
}
