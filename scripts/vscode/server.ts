import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { runNode } from "../lib/processes.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { addLanguagePack } from "./displayLanguage.ts";
import { startListening } from "./listening.ts";
import { provisionVSCode } from "./provision.ts";
import { quietSettings } from "./settings.ts";

export interface ServerOptions {
  /** Extensions to install, as vsix files. */
  readonly extensions?: readonly string[];
  /** A folder that has extensions already and is not the server's own; without one the server begins with none. */
  readonly extensionsFolder?: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables for the server and its extension host, on top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ids of extensions that may use the proposed API that their manifests name. */
  readonly proposedApiFor?: readonly string[];
  /** The display language that extensions see, such as `de`; VS Code's own texts stay English. */
  readonly language?: string;
  /** A free one is taken where none is given. */
  readonly port?: number;
  /** Lets the address name an extension to develop and its tests; switches notification toasts off. */
  readonly testDriver?: boolean;
}

export interface VSCodeServer extends AsyncDisposable {
  /** `host:port`, as remote addresses name it. */
  readonly authority: string;
  /** Its user data, extensions and logs; gone when it stops. */
  readonly folder: string;
  /** Settles when the server has ended, which it does only when it is stopped or fails. */
  readonly ended: Promise<unknown>;
  /** The address of a window on it, connection token included. */
  url(query?: Readonly<Record<string, string>>): string;
}

const noGallery = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

/** Starts a VS Code server on loopback with user data of its own. Disposing of it leaves nothing behind. */
export async function startServer(options: ServerOptions = {}): Promise<VSCodeServer> {
  const vscode = await provisionVSCode();
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(scratchFolder("vscode")).path;
  const settings = JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2);
  mkdirSync(join(folder, "data", "User"), { recursive: true });
  writeFileSync(join(folder, "data", "User", "settings.json"), settings);
  const { language } = options;
  if (language !== undefined) addLanguagePack(join(folder, "data"), language);

  const program = join(vscode, "out", "server-main.js");
  const extensionsFolder = options.extensionsFolder ?? join(folder, "extensions");
  const folders = ["--server-data-dir", folder, "--extensions-dir", extensionsFolder];
  const env = { ...process.env, ...runtimeFolder(folder), ...noGallery, ...options.env };
  for (const extension of options.extensions ?? []) await install(program, folders, extension, env);

  const { server, port, token } = await startListening(
    [
      program,
      ...folders,
      ...["--host", "127.0.0.1", "--port", String(options.port ?? 0)],
      ...["--accept-server-license-terms", "--telemetry-level", "off", "--disable-workspace-trust"],
      ...["--disable-update-check", "--disable-getting-started-override", "--disable-experiments"],
      ...(options.proposedApiFor ?? []).flatMap((id) => ["--enable-proposed-api", id]),
      ...(language === undefined ? [] : ["--locale", language]),
      ...(options.testDriver ? ["--enable-smoke-test-driver"] : []),
    ],
    folder,
    env,
  );
  stack.use(server);
  const authority = `127.0.0.1:${port}`;
  const owned = stack.move();
  return {
    authority,
    folder,
    ended: server.ended,
    url: (query = {}) => `http://${authority}/?${new URLSearchParams({ ...query, tkn: token }).toString()}`,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Has the sockets, which VS Code leaves behind, in its folder too, where Linux takes a path of their length. */
function runtimeFolder(folder: string): NodeJS.ProcessEnv {
  const socket = join(folder, "vscode-ipc-00000000-0000-0000-0000-000000000000.sock");
  const longest = 107; // bytes
  return process.platform === "linux" && Buffer.byteLength(socket) <= longest
    ? { XDG_RUNTIME_DIR: folder }
    : {};
}

/** Installs extensions, as vsix files, into a folder that servers can then be given. */
export async function installExtensions(folder: string, extensions: readonly string[]): Promise<void> {
  const vscode = await provisionVSCode();
  await using data = scratchFolder("vscode-server");
  const program = join(vscode, "out", "server-main.js");
  const folders = ["--server-data-dir", data.path, "--extensions-dir", folder];
  for (const extension of extensions)
    await install(program, folders, extension, { ...process.env, ...noGallery });
}

async function install(
  program: string,
  folders: string[],
  vsix: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const args = [program, ...folders, "--accept-server-license-terms", "--install-extension", vsix, "--force"];
  const { code, output } = await runNode(args, { env });
  if (code !== 0) throw new Failure(`VS Code couldn't install ${vsix}: ${output.trim()}`);
}
