/** What a word of a filter may ask for by name, as `state:` does. */
export const filterKeys = ["state", "region", "subscription", "configuration", "reason"] as const;

export type FilterKey = (typeof filterKeys)[number];

/** A word of a filter. All words of a filter must hold. */
export interface FilterWord {
  /** Absent from a word that is searched for in names, tags and images. */
  readonly key?: FilterKey;
  /** Lower-cased, without quotes. */
  readonly value: string;
  /** Quotes mean the whole value; without them any part of it is enough. */
  readonly isWhole: boolean;
  /** Whether its closing quote is missing. */
  readonly isOpen: boolean;
  /** As it was typed. */
  readonly text: string;
  /** Where it begins. */
  readonly start: number;
}

const word = /(?:([^\s":]+):)?"([^"]*)("|$)|\S+/g;

/** Words are apart by spaces, except within quotes. A colon makes a key only of the five: others belong to tags (`name:value`). */
export function filterWords(text: string): readonly FilterWord[] {
  return [...text.matchAll(word)].map((found) => {
    const [typed, quotedKey, quoted, end] = found;
    const isQuoted = quoted !== undefined;
    const colon = typed.indexOf(":");
    const name = isQuoted ? quotedKey : colon > 0 ? typed.slice(0, colon) : undefined;
    const key = filterKeys.find((one) => one === name?.toLowerCase());
    const isOpen = isQuoted && end === "";
    const plain = isQuoted ? (name === undefined ? "" : `${name}:`) + quoted : typed;
    const value = key === undefined ? plain : isQuoted ? quoted : typed.slice(colon + 1);
    return {
      ...(key && { key }),
      value: value.toLowerCase(),
      isWhole: isQuoted && !isOpen,
      isOpen,
      text: typed,
      start: found.index,
    };
  });
}
