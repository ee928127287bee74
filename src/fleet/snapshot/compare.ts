/** The order of two texts by their characters: the same in every language, for what nobody reads as a list. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
