import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Lets a VS Code with this folder for user data start in a display language, given as `--locale`: it takes a language only
 * where a language pack is installed, and keeps a list of those in this file. This one translates nothing, so VS Code itself
 * stays English; extensions bring their own translations.
 */
export function addLanguagePack(userData: string, language: string): void {
  const folder = join(userData, `language-pack-${language}`);
  mkdirSync(folder, { recursive: true });
  const translations = join(folder, "main.i18n.json");
  writeFileSync(translations, JSON.stringify({ version: "1.0.0", contents: {} }));
  const extension = { extensionIdentifier: { id: `language-pack.${language}` }, version: "1.0.0" };
  const pack = {
    hash: language,
    extensions: [extension],
    translations: { vscode: translations },
    label: language,
  };
  writeFileSync(join(userData, "languagepacks.json"), JSON.stringify({ [language]: pack }));
}
