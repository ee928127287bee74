import { coverageStates } from "../../core/associations/coverageStates.ts";
import type { Names, Row, Sort, View } from "./contract.ts";
import type { Column } from "./column.ts";

type KeyedNames = Omit<Names, "states">;

/** Which rows a view shows, in which order: the same in the page and in what is exported. */

/** All columns, in the order in which they stand. */
export const columns: readonly Column[] = [
  "name",
  "state",
  "configuration",
  "freshness",
  "image",
  "region",
  "subscription",
  "resourceGroup",
  "why",
];

export const wholeView: View = {
  text: "",
  state: "",
  subscription: "",
  configuration: "",
  region: "",
  freshness: "",
  sort: [],
};

export function isFiltered(view: View): boolean {
  const { sort: _, ...filters } = view;
  return Object.values(filters).some((value) => value !== "");
}

/** What the text filter looks in, lower-cased. */
export function searchedIn({ name, resourceGroup, tags, image }: Row): string {
  return [name, resourceGroup, tags, image].join("\n").toLowerCase();
}

/** @param searched what the text filter looks in, of each row; kept by the caller where it filters often */
export function shownBy(view: View, searched: (row: Row) => string = searchedIn): (row: Row) => boolean {
  const words = view.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const { state, subscription, configuration, region, freshness } = view;
  return (row) =>
    (state === "" || stateOf(row) === state) &&
    (subscription === "" || row.subscription === subscription) &&
    (region === "" || row.region === region) &&
    (configuration === "" || row.configurations.includes(configuration)) &&
    (freshness === "" || isSo(row, freshness)) &&
    (words.length === 0 || hasAll(searched(row), words));
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** A set of another service is counted apart, whatever its state. */
export function stateOf({ state, managedBy }: Row): View["state"] {
  return managedBy === undefined ? state : "others";
}

function isSo({ age, managedBy }: Row, freshness: View["freshness"]): boolean {
  if (managedBy !== undefined) return false;
  return freshness === "behind" ? age > 0 : age === notChecked;
}

/** `Row.age` of a set whose images were not checked, and of one of which it can't be told. */
export const notChecked = -2;
export const cannotTell = -1;

/** Tells how rows stand to each other in a column. Equal rows keep their order, since the engine's sort is stable. */
export class Sorter {
  readonly #names: KeyedNames;
  readonly #collator: Intl.Collator;
  /** Of each column that was sorted by, the places of its texts among each other: comparing numbers is much faster. */
  readonly #ranks = new Map<Column, ReadonlyMap<string, number>>();
  readonly #rows: readonly Row[];

  /** @param rows all that are ever sorted */
  constructor(rows: readonly Row[], names: KeyedNames, language: string) {
    this.#rows = rows;
    this.#names = names;
    this.#collator = new Intl.Collator(language, { numeric: true });
  }

  /** Worst state first, then by name, unless the user chose otherwise. */
  sorted(rows: readonly Row[], sort: readonly Sort[]): readonly Row[] {
    const compares = [...sort, ...byNeed].map(({ column, descending }) => {
      const compare = this.#compare(column);
      return descending ? (a: Row, b: Row) => compare(b, a) : compare;
    });
    return rows.toSorted((a, b) => {
      for (const compare of compares) {
        const order = compare(a, b);
        if (order !== 0) return order;
      }
      return 0;
    });
  }

  #compare(column: Column): (a: Row, b: Row) => number {
    if (column === "freshness") return (a, b) => a.age - b.age;
    if (column === "state") return (a, b) => weightOf(a) - weightOf(b);
    const ranks = this.#ranks.get(column) ?? this.#ranked(column);
    this.#ranks.set(column, ranks);
    const rank = (row: Row) => ranks.get(textOf(row, column, this.#names)) ?? 0;
    return (a, b) => rank(a) - rank(b);
  }

  #ranked(column: Column): ReadonlyMap<string, number> {
    const texts = [...new Set(this.#rows.map((row) => textOf(row, column, this.#names)))];
    const { compare } = this.#collator;
    texts.sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
    return new Map(texts.map((text, rank) => [text, rank]));
  }
}

const byNeed: readonly Sort[] = [
  { column: "state", descending: false },
  { column: "name", descending: false },
];

/** Sets of other services come after all that are the user's own. */
function weightOf({ state, managedBy }: Row): number {
  return coverageStates.indexOf(state) + (managedBy === undefined ? 0 : coverageStates.length);
}

/** What a cell says; the page shows a state by its name. */
export function textOf(row: Row, column: Column, names: KeyedNames): string {
  switch (column) {
    case "subscription":
      return names.subscriptions[row.subscription] ?? row.subscription;
    case "configuration":
      return row.configurations.map((key) => names.configurations[key] ?? key).join(", ");
    case "region":
      return names.regions[row.region] ?? row.region;
    default:
      return row[column];
  }
}

/** The sort after the user has chosen a column: the same column turns round; those before it decide between equals. */
export function sortedBy(sort: readonly Sort[], column: Column): readonly Sort[] {
  const [first] = sort;
  const descending = first?.column === column && !first.descending;
  return [{ column, descending }, ...sort.filter((other) => other.column !== column)].slice(0, 3);
}
