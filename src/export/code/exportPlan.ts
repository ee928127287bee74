import { inSlices } from "../../core/slices.ts";
import { azureCli } from "../azureCli/azureCli.ts";
import { powershell } from "../powershell/powershell.ts";
import type { CodeFile } from "./codeFile.ts";
import type { CodeContext } from "./context.ts";
import type { Exporter } from "./exporter.ts";
import type { CodeInput } from "./input.ts";
import type { CodeLanguage } from "./languages.ts";

export { readCodeInput } from "./input.ts";

const exporters: Readonly<Partial<Record<CodeLanguage, Exporter>>> = {
  powershell,
  "azure-cli": azureCli,
};

/** A plan as code. The first file is the one to open. */
export async function exportPlan(
  language: CodeLanguage,
  input: CodeInput,
  context: CodeContext,
): Promise<readonly CodeFile[]> {
  const exporter = exporters[language];
  if (exporter === undefined) throw new Error(`No exporter for ${language}`);
  return inSlices(exporter(input, context));
}
