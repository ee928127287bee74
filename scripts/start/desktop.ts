import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { root } from "../bootstrap/paths.mjs";
import { build } from "../build/build.ts";
import { startSandbox } from "../lib/sandbox.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { quietSettings } from "../vscode/settings.ts";

/** Opens the user's own VS Code on the extension in development, with user data apart from the user's, until closed. */
export async function startDesktop(): Promise<number> {
  const program = findVSCode();
  await build("development");
  await using sandbox = await startSandbox();
  await using profile = scratchFolder("user");
  mkdirSync(join(profile.path, "User"));
  const settings = { ...quietSettings, ...sandbox.access.settings };
  writeFileSync(join(profile.path, "User", "settings.json"), JSON.stringify(settings, undefined, 2));
  const args = [
    "--wait",
    "--new-window",
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${profile.path}`,
    `--extensions-dir=${join(profile.path, "extensions")}`,
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
  console.log(`Opening ${program}. Close its window to stop.`);
  const vscode = spawn(program, args, {
    stdio: "inherit",
    env: { ...process.env, ...sandbox.access.env },
    shell: process.platform === "win32", // code is a .cmd there
  });
  const [code] = (await once(vscode, "close")) as [number | null];
  return code ?? 1;
}

function findVSCode(): string {
  const names = ["code", "code-insiders"].map((name) =>
    process.platform === "win32" ? `${name}.cmd` : name,
  );
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
  if (!found) throw new Failure("No desktop VS Code found: add code or code-insiders to the PATH.");
  return found;
}
