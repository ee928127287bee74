import { readFileSync } from "node:fs";
import { transform } from "esbuild";

/** The regular expressions that are written in a TypeScript file. */
export async function patternsIn(file: URL): Promise<readonly RegExp[]> {
  const { code } = await transform(readFileSync(file, "utf8"), {
    loader: "ts",
    target: "esnext",
    charset: "utf8",
  });
  return patternsOf(code);
}

/** The same in JavaScript, which has no comments to the end of a line. */
export function patternsOf(code: string): readonly RegExp[] {
  const patterns: RegExp[] = [];
  const next = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[^]*?\*\/|[`{}/]/gy;
  /** One for each template that is open: how many braces are in its hole. */
  const holes: number[] = [];
  let at = 0;
  const endTemplate = () => {
    const rest = /(?:[^`\\$]|\\[^]|\$(?!\{))*(`|\$\{)/y;
    rest.lastIndex = at;
    const found = rest.exec(code);
    at = rest.lastIndex;
    if (found?.[1] === "${") holes.push(0);
  };
  while (at < code.length) {
    next.lastIndex = at;
    const found = next.exec(code)?.[0];
    if (found === undefined) {
      at += 1;
      continue;
    }
    const before = code.slice(Math.max(0, at - 12), at).trimEnd();
    at = next.lastIndex;
    const depth = holes.length - 1;
    if (found === "`") endTemplate();
    else if (found === "{" && depth >= 0) holes[depth] = (holes[depth] ?? 0) + 1;
    else if (found === "}" && depth >= 0) {
      if (holes[depth] === 0) {
        holes.pop();
        endTemplate();
      } else holes[depth] = (holes[depth] ?? 0) - 1;
    } else if (found === "/" && /(?:[([{,;:=!&|?+<>]|^|\b(?:return|case|of|in|typeof))$/.test(before)) {
      const literal = /((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/y;
      literal.lastIndex = at;
      const [, source = "", flags = ""] = literal.exec(code) ?? [];
      if (source === "") continue;
      patterns.push(new RegExp(source, flags));
      at = literal.lastIndex;
    }
  }
  return patterns;
}
