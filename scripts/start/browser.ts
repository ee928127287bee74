import { packageExtension } from "../build/package.ts";
import { Failure } from "../bootstrap/failure.mjs";
import { artifact } from "../lib/artifacts.ts";
import { startSandbox } from "../lib/sandbox.ts";
import { refuseUsed } from "../vscode/ports.ts";
import { startServer } from "../vscode/server.ts";

/** Serves a VS Code for the user's browser, with the extension installed and the sandbox open, until interrupted. */
export async function startInBrowser(port: number | undefined): Promise<never> {
  if (port !== undefined) await refuseUsed(port);
  const vsix = artifact("extension.vsix");
  await packageExtension(vsix);
  await using sandbox = await startSandbox();
  await using server = await startServer({
    ...sandbox.access,
    ...(port === undefined ? {} : { port }),
    extensions: [vsix],
  });
  console.log(`
VS Code with the extension, on this machine only:

  ${server.url({ ew: "true" })}

Open "Scale Set Maintenance" in the activity bar. The sandbox is open, with sample data.
To use your Azure account, run "Leave Sandbox", then "Sign In". No test covers signing in with a real account.
Press Ctrl+C to stop.`);
  await server.ended;
  throw new Failure("The VS Code server stopped.");
}
