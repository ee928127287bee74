import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { packFolder } from "../../scripts/build/package.ts";
import { startSandbox, type ServedSandbox } from "../../scripts/lib/sandbox.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { packedExtension } from "./extension.ts";
import { Workbench, type WorkbenchOptions } from "./workbench.ts";

/** What the test provider was asked for, in order. */
export interface Asked {
  readonly event: "createSession" | "challenge";
  readonly account: string;
  /** Empty for the account's home. */
  readonly tenantId: string;
  /** Of a challenge, as it came. */
  readonly claims?: string;
}

export interface AccountsWorkbench extends AsyncDisposable {
  readonly workbench: Workbench;
  /** The Azure that the accounts reach. */
  readonly sandbox: ServedSandbox;
  asked(): readonly Asked[];
}

/** The name of the cloud that the settings describe. */
export const cloudName = "Loopback Cloud";

/**
 * Opens a workbench in which the packed extension meets a cloud of VS Code's own settings (`microsoft-sovereign-cloud`): the served
 * sandbox, reached through accounts of a test-only provider, and not through the extension's sandbox at all. Nobody is signed in.
 * @param locked id of a tenant that needs a sign-in of its own
 */
export async function openAccountsWorkbench(
  locked: string,
  options: WorkbenchOptions = {},
): Promise<AccountsWorkbench> {
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.use(await startSandbox());
  const scratch = stack.use(scratchFolder("accounts")).path;
  const provider = join(scratch, "provider.vsix");
  const report = join(scratch, "report");
  writeFileSync(report, "");
  await packFolder(join(root, "test", "support", "accountProvider"), provider);
  const workbench = stack.use(
    await Workbench.open({
      ...options,
      extensions: [provider, await packedExtension()],
      proposedApiFor: ["scale-set-maintenance-test.account-provider"],
      env: {
        ...sandbox.access.env,
        ACCOUNTS_SANDBOX: sandbox.url,
        ACCOUNTS_TOKEN: sandbox.token,
        ACCOUNTS_LOCKED: locked,
        ACCOUNTS_REPORT: report,
      },
      settings: { ...cloudSettings(sandbox.url), ...options.settings },
    }),
  );
  const owned = stack.move();
  return {
    workbench,
    sandbox,
    asked: () =>
      readFileSync(report, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Asked),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** VS Code's own settings of a cloud whose Resource Manager is at `endpoint`. */
export function cloudSettings(endpoint: string, name = cloudName): Readonly<Record<string, unknown>> {
  return {
    "microsoft-sovereign-cloud.environment": "custom",
    "microsoft-sovereign-cloud.customEnvironment": {
      name,
      portalUrl: "https://portal.loopback.invalid",
      managementEndpointUrl: "https://management.loopback.invalid",
      resourceManagerEndpointUrl: endpoint,
      activeDirectoryEndpointUrl: "https://login.loopback.invalid",
      activeDirectoryResourceId: "https://management.loopback.invalid",
    },
  };
}
