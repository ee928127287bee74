/** The languages in which a plan can be exported, by the names that the command line takes. */
export const codeLanguages = [
  "powershell",
  "azure-cli",
  "bicep",
  "arm",
  "azurerm4",
  "azurerm5",
  "azapi",
] as const;

export type CodeLanguage = (typeof codeLanguages)[number];
