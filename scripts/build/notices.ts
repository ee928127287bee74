import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Metafile } from "esbuild";
import { Failure } from "../bootstrap/failure.mjs";
import { root } from "../bootstrap/paths.mjs";

/** Beside the built files, in what is packed. */
export const noticesFile = "ThirdPartyNotices.txt";

/** A package of which something is in the built files. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** Whole texts: its licence, and its notices where it has some. */
  readonly texts: readonly string[];
}

/** Writes the notices of what was built to the top of the checkout, at once: other runs may be reading the old ones. */
export function writeNotices(contents: Metafile): void {
  const fresh = join(root, `${noticesFile}.${process.pid}`);
  writeFileSync(fresh, noticesOf(thirdPartiesOf(contents)));
  renameSync(fresh, join(root, noticesFile));
}

/**
 * The packages in the built files, by name. Throws Failure where the licence of one is not known.
 * @param top the folder to which the paths of `contents` are relative
 */
export function thirdPartiesOf({ outputs }: Pick<Metafile, "outputs">, top = root): readonly ThirdParty[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) =>
    // Of what is imported esbuild leaves out what nothing uses.
    bytesInOutput === 0 ? [] : (/^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []),
  );
  return [...new Set(folders)]
    .map((folder) => thirdParty(join(top, folder)))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));
}

/** One text for all, each licence once below the packages that share it to the letter. */
export function noticesOf(parties: readonly ThirdParty[]): string {
  const byText = Map.groupBy(
    parties.flatMap(({ texts, ...party }) => texts.map((text) => ({ ...party, text }))),
    ({ text }) => text,
  );
  const sections = [...byText].map(
    ([text, sharing]) =>
      `${sharing.map(({ name, version }) => `${name} ${version}`).join("\n")}\n\n${text}\n`,
  );
  return [`This extension contains code of these packages, under these licences.\n`, ...sections].join(
    `\n${"-".repeat(72)}\n\n`,
  );
}

function thirdParty(folder: string): ThirdParty {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as Manifest;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)(\.\w+)?$/i.test(file));
  const texts = files.sort().map((file) => textOf(join(folder, file)));
  if (files.some((file) => !/^notice/i.test(file))) return { name, version, texts };
  if (license !== "MIT") throw new Failure(`${basename(folder)} has no license text.`);
  const holder = typeof author === "object" ? author.name : author;
  const copyright = holder === undefined ? [] : [`Copyright (c) ${holder}`];
  return { name, version, texts: [["MIT License", ...copyright, mit].join("\n\n"), ...texts] };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

/** Without what differs between editors: ends of lines and space at the end. */
function textOf(file: string): string {
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/[ \t]+$/gm, "")
    .trim();
}

/** For packages that name the licence and do not bring its text: https://spdx.org/licenses/MIT.html. */
const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
