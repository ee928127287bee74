import { coverageStates } from "../../core/associations/coverageStates.ts";
import { onceFor } from "../../core/memo.ts";
import type { KeyedNames, Row, Sort, View } from "./contract.ts";
import type { Column } from "./column.ts";

/** Which rows a view shows, in which order: the same in the page and in what is exported. */

/** All columns, in the order in which they stand. */
export const columns: readonly Column[] = [
  "name",
  "state",
  "why",
  "configuration",
  "freshness",
  "region",
  "subscription",
  "resourceGroup",
  "image",
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

/** What the text filter looks in, lower-cased, and kept with the row: each letter that the user types asks all of them. */
const searchedIn = onceFor(({ name, resourceGroup, tags, image }: Row) =>
  [name, resourceGroup, tags, image].join("\n").toLowerCase(),
);

export function shownBy(view: View): (row: Row) => boolean {
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
    (words.length === 0 || hasAll(searchedIn(row), words));
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

/** How rows stand to each other: worst state first, then by name, unless the user chose otherwise. No two sets are equal. */
export function orderOf(
  sort: readonly Sort[],
  names: KeyedNames,
  language: string,
): (a: Row, b: Row) => number {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const compares = [...sort, ...byNeed].map(({ column, descending }) => {
    const inColumn = orderIn(column, names, compare);
    return descending ? (a: Row, b: Row) => inColumn(b, a) : inColumn;
  });
  return (a, b) => {
    for (const inColumn of compares) {
      const order = inColumn(a, b);
      if (order !== 0) return order;
    }
    return a.id < b.id ? -1 : 1;
  };
}

function orderIn(
  column: Column,
  names: KeyedNames,
  compare: (a: string, b: string) => number,
): (a: Row, b: Row) => number {
  if (column === "freshness") return (a, b) => a.age - b.age;
  if (column === "state") return (a, b) => weightOf(a) - weightOf(b);
  return (a, b) => {
    const [one, other] = [textOf(a, column, names), textOf(b, column, names)];
    return one === other ? 0 : compare(one, other);
  };
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
