import type { getConfiguredAzureEnv } from "@microsoft/vscode-azext-azureauth";
import type { Cloud } from "../contracts.ts";

/** What VS Code's `microsoft-sovereign-cloud` settings say of the Azure environment. */
export type AzureEnvironment = Pick<
  ReturnType<typeof getConfiguredAzureEnv>,
  "name" | "managementEndpointUrl" | "resourceManagerEndpointUrl" | "portalUrl"
>;

/**
 * The cloud of an environment. Tokens are asked for the management endpoint (the audience that Microsoft's own extensions use)
 * and sent to the Resource Manager endpoint; in the public cloud these are two hosts.
 */
export function cloudOf(environment: AzureEnvironment): Cloud {
  return {
    name: environment.name,
    endpoint: withoutSlash(environment.resourceManagerEndpointUrl),
    scopes: [`${withoutSlash(environment.managementEndpointUrl)}/.default`],
    portalUrl: withoutSlash(environment.portalUrl),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/(?<!\/)\/+$/, "");
}
