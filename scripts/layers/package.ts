import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Metafile } from "esbuild";
import { root } from "../bootstrap/paths.mjs";
import { noticesFile, thirdPartiesOf } from "../build/notices.ts";
import { packedFiles } from "../build/package.ts";
import { heavyPackages } from "../lint/rooms.ts";
import { add, verdict, type Layer } from "./layer.ts";
import { packedOnce } from "./packed.ts";

/** In bytes: what a user downloads, parsers of the languages that are exported included. */
const maxBytes = 700 * 1000;

/** What must be packed beside all that the build made. */
const required = [
  ...["package.json", "package.nls.json", "README.md", "CHANGELOG.md", "LICENSE", noticesFile],
  ...["l10n/bundle.l10n.de.json", "package.nls.de.json"],
];
/** What may be. */
const allowed = [/^media\//, /^telemetry\.json$/];

/** Packs the extension and looks at what is in it. */
export const packageLayer: Layer = async ({ print }) => {
  const { file, contents } = await packedOnce();
  const size = statSync(file).size;
  const files = await packedFiles();
  const needed = [...required, ...Object.keys(contents.outputs).map((file) => `dist/${basename(file)}`)];
  const missing = needed.filter((file) => !files.includes(file));
  const unexpected = files.filter(
    (file) => !needed.includes(file) && !allowed.some((rule) => rule.test(file)),
  );
  const astray = packagesAstray(contents);
  const copying = copiesOfVSCode(contents);
  const unnoticed = withoutNotice(contents);
  const expect = (title: string, holds: boolean, observed: string) => {
    print(holds ? `✔ ${title}` : `✖ ${title} (${observed})`);
    return verdict(holds);
  };
  const counts = [
    expect("the vsix is within its budget", size <= maxBytes, `${size} of ${maxBytes} bytes`),
    expect("every file that a user needs is packed", missing.length === 0, `missing: ${missing.join(", ")}`),
    expect("nothing else is packed", unexpected.length === 0, `unexpected: ${unexpected.join(", ")}`),
    expect(
      "heavy packages are only in files loaded on demand, each in one",
      astray.length === 0,
      astray.join(", "),
    ),
    expect(
      "the notices of all third-party code are packed with it",
      unnoticed.length === 0,
      `without: ${unnoticed.join(", ")}`,
    ),
    expect("each file imports vscode once", copying.length === 0, `more than once: ${copying.join(", ")}`),
  ].reduce(add);
  return { counts, times: [] };
};

/** Heavy packages that are in the first file, or in more than one. */
function packagesAstray({ outputs }: Metafile): string[] {
  return Object.keys(heavyPackages).flatMap((name) => {
    const holders = Object.entries(outputs)
      .filter(([, { inputs }]) =>
        Object.keys(inputs).some((input) => input.includes(`node_modules/${name}/`)),
      )
      .map(([file]) => basename(file));
    return holders.length === 1 && !holders.includes("extension.cjs")
      ? []
      : `${name} in ${holders.join(" and ")}`;
  });
}

/** Packages in the built files of which the notices lack the name or a text. */
function withoutNotice(contents: Metafile): string[] {
  const notices = readFileSync(join(root, noticesFile), "utf8");
  return thirdPartiesOf(contents)
    .filter(
      ({ name, version, texts }) =>
        !notices.includes(`${name} ${version}\n`) || !texts.every((text) => notices.includes(text)),
    )
    .map(({ name }) => name);
}

/** Files that import `vscode` again in one module after the other, of which each copies the whole API at the start. */
function copiesOfVSCode({ outputs }: Metafile): string[] {
  return Object.entries(outputs)
    .filter(([, { imports }]) => imports.filter(({ path }) => path === "vscode").length > 1)
    .map(([file]) => basename(file));
}
