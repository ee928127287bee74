/**
 * `text` so that VS Code shows `$(name)` in it as it is written, and no icon. Names of Azure resources are data.
 * The pattern is the one that VS Code itself looks for (`src/vs/base/common/iconLabels.ts`).
 */
export function escapeIcons(text: string): string {
  return text.replaceAll(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, String.raw`\$&`);
}
