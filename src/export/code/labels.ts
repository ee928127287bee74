/** Longer ones are cut: Azure takes 64 characters as the name of a deployment. */
const maxLength = 56;

/**
 * Names of things in a file of code, each given once: of letters, digits and `_`, none of which begins with a digit. `noun` keeps them apart
 * from words of the language.
 */
export class Labels {
  readonly #taken = new Set<string>();

  /** The label of the thing called `name`, such as `vmss_web_association`. */
  next(name: string, noun: string): string {
    const plain = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "_")
      .replace(/^(?=\d)/, "n");
    const first = `${plain.slice(0, maxLength - noun.length - 1)}_${noun}`;
    let label = first;
    for (let count = 2; this.#taken.has(label); count++) label = `${first}_${count}`;
    this.#taken.add(label);
    return label;
  }
}
