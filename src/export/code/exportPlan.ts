import { inSlices } from "../../core/slices.ts";
import { arm } from "../arm/arm.ts";
import { azureCli } from "../azureCli/azureCli.ts";
import { bicep } from "../bicep/bicep.ts";
import { powershell } from "../powershell/powershell.ts";
import { azapi, azurerm4, azurerm5 } from "../terraform/terraform.ts";
import type { CodeFile } from "./codeFile.ts";
import type { CodeContext } from "./context.ts";
import { currentInput, type CurrentResources } from "./current.ts";
import type { Exporter } from "./exporter.ts";
import type { CodeInput } from "./input.ts";
import type { CodeLanguage } from "./languages.ts";

export { readCodeInput } from "./input.ts";
export { providerMajor } from "../terraform/providerMajor.ts";

const exporters: Readonly<Record<CodeLanguage, Exporter>> = {
  powershell,
  "azure-cli": azureCli,
  bicep,
  arm,
  azurerm4,
  azurerm5,
  azapi,
};

/** A plan as code. The first file is the one to open. Rejects with the reason of `signal` once that is aborted. */
export async function exportPlan(
  language: CodeLanguage,
  input: CodeInput,
  context: CodeContext,
  signal?: AbortSignal,
): Promise<readonly CodeFile[]> {
  return inSlices(exporters[language](input, context), signal);
}

/** What Azure has now as code: scripts that would make it so, templates, and Terraform that imports it. The first file is the one to open. */
export async function exportCurrent(
  language: CodeLanguage,
  resources: CurrentResources,
  context: CodeContext,
  signal?: AbortSignal,
): Promise<readonly CodeFile[]> {
  return exportPlan(language, await inSlices(currentInput(resources), signal), context, signal);
}
