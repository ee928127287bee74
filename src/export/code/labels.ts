/** Longer ones are cut: Azure takes 64 characters as the name of a deployment. */
const maxLength = 56;

/**
 * Names of things in a file of code, each given once: of letters, digits and `_`, none of which begins with a digit. `noun` keeps them apart
 * from words of the language.
 */
export class Labels {
  readonly #taken = new Set<string>();
  /** How many have begun alike, so that thousands of one name are not tried one after the other. */
  readonly #counts = new Map<string, number>();

  /** The label of the thing called `name`, such as `vmss_web_association`. */
  next(name: string, noun: string): string {
    const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
    const begin = plain(name).replace(/^(?=\d)/, "n");
    const first = `${begin.slice(0, maxLength - noun.length - 1)}_${plain(noun)}`;
    let count = this.#counts.get(first) ?? 0;
    let label: string;
    do {
      count += 1;
      label = count === 1 ? first : `${first}_${count}`;
    } while (this.#taken.has(label));
    this.#counts.set(first, count);
    this.#taken.add(label);
    return label;
  }
}
