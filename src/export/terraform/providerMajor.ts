/** The majors of the azurerm provider that an export is written for. */
export type ProviderMajor = 4 | 5;

/** A file of Terraform: `.terraform.lock.hcl`, or one that ends with `.tf`. */
export interface TerraformFile {
  readonly name: string;
  readonly text: string;
}

/** The major of azurerm that a workspace uses: its lock files say it, else what its modules require. Undefined where that leaves a choice. */
export function providerMajor(files: readonly TerraformFile[]): ProviderMajor | undefined {
  const locks = files.filter(({ name }) => name.endsWith(".terraform.lock.hcl"));
  const modules = files.filter(({ name }) => name.endsWith(".tf"));
  return (
    only(locks.flatMap(({ text }) => lockedVersions(withoutComments(text)))) ??
    only(modules.flatMap(({ text }) => requiredVersions(withoutComments(text))))
  );
}

/** The one major that all of these allow. */
function only(constraints: readonly string[]): ProviderMajor | undefined {
  if (constraints.length === 0) return undefined;
  const [major, second] = ([4, 5] as const).filter((one) => constraints.every((text) => allows(text, one)));
  return second === undefined ? major : undefined;
}

function lockedVersions(text: string): readonly string[] {
  return [...text.matchAll(/\bprovider\s+"[^"]*\/hashicorp\/azurerm"\s*\{\s*version\s*=\s*"([^"]*)"/g)].map(
    ([, version = ""]) => version,
  );
}

function requiredVersions(text: string): readonly string[] {
  // The block ends at a brace of its own; those of its providers close before.
  const blocks = text.matchAll(/\brequired_providers\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g);
  return [...blocks].flatMap(([, block = ""]) =>
    [...block.matchAll(/\{([^{}]*)\}/g)].flatMap(([, provider = ""]) => {
      const [, source = ""] = /\bsource\s*=\s*"([^"]*)"/.exec(provider) ?? [];
      const [, version] = /\bversion\s*=\s*"([^"]*)"/.exec(provider) ?? [];
      const isAzurerm = /(^|\/)hashicorp\/azurerm$/.test(source);
      return isAzurerm && version !== undefined ? [version] : [];
    }),
  );
}

/** Comments away, and nothing of a text that looks like one. What isn't closed ends with its line or the file. */
function withoutComments(text: string): string {
  return text.replaceAll(/"(?:\\.|[^"\\\n])*"?|(?:#|\/\/)[^\n]*|\/\*[^]*?(?:\*\/|$)/g, (part) =>
    part.startsWith('"') ? part : " ",
  );
}

/** Whether a version constraint, such as `~> 4.1, != 4.3.0`, is met by a version of the major. What can't be read allows all. */
function allows(constraint: string, major: ProviderMajor): boolean {
  let [from, below] = [numberOf([major]), numberOf([major + 1])];
  for (const part of constraint.split(",")) {
    const [, operator = "", version = ""] = /^(=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+)*)/.exec(part.trim()) ?? [];
    if (version === "") continue;
    const numbers = version.split(".").map(Number);
    const at = numberOf(numbers);
    if (operator === "" || operator === "=" || operator === "<=") below = Math.min(below, at + 1);
    if (operator === "<") below = Math.min(below, at);
    if (operator === ">") from = Math.max(from, at + 1);
    if (operator !== ">" && !operator.startsWith("<")) from = Math.max(from, at);
    // The last number that is named may rise: of one alone that is the major.
    const [last = 0, ...rest] = numbers.slice(0, -1).reverse();
    if (operator === "~>" && numbers.length > 1)
      below = Math.min(below, numberOf([...rest.reverse(), last + 1]));
  }
  return from < below;
}

/** A version as a number that compares as it does. */
function numberOf([major = 0, minor = 0, patch = 0]: readonly number[]): number {
  return (major * 10_000 + minor) * 10_000 + patch;
}
