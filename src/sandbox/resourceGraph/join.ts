import { scalar } from "./columns.ts";
import type { Cursor } from "./cursor.ts";
import { typed } from "./expression.ts";
import type { Token } from "./tokens.ts";
import { cellsOf, type Column, type Made, type Relation, type Row, textOf, type Step } from "./values.ts";

/** What Resource Graph has of KQL's kinds. */
const kinds = ["innerunique", "inner", "leftouter", "fullouter"] as const;
type Kind = (typeof kinds)[number];

/** What rows are matched by: of each side a row's key. */
interface Keys {
  readonly left: (row: Row) => string;
  readonly right: (row: Row) => string;
}

/**
 * `join kind=… (query) on key, $left.a == $right.b`, `innerunique` where no kind is said. Every column of both sides is there, the keys
 * too; a name of the right that the left has already gets a number.
 */
export const join: Step = (cursor, left, pipeline) => {
  const kind = kindOf(cursor);
  const right = pipeline();
  cursor.expect("on");
  const pairs = cursor.list(() => keyIn(cursor, left, right));
  const keys = {
    left: keyOf(pairs.map((pair) => pair.left)),
    right: keyOf(pairs.map((pair) => pair.right)),
  };
  const empty = ({ columns }: Relation): Row => columns.map(() => undefined);
  const [noLeft, noRight] = [empty(left), empty(right)];
  return {
    columns: [...left.columns, ...renamed(left.columns, right.columns)],
    rows: (source) =>
      matched(kind, keys, left.rows(source), right.rows(source)).map(([one, other]) => [
        ...(one ?? noLeft),
        ...(other ?? noRight),
      ]),
  };
};

function kindOf(cursor: Cursor): Kind {
  if (!cursor.accept("kind")) return "innerunique";
  cursor.expect("=");
  const token = cursor.next;
  const kind = kinds.find((one) => one === token.text);
  if (kind === undefined) throw cursor.error("is not a kind of join", token);
  cursor.take();
  return kind;
}

/** A name that both sides have, or one of each. */
function keyIn(cursor: Cursor, left: Relation, right: Relation): Readonly<Record<"left" | "right", Made>> {
  const start = cursor.next;
  const isPair = cursor.accept("$left");
  if (isPair) cursor.expect(".");
  const ofLeft = cursor.next;
  const leftColumn = columnIn(cursor, ofLeft, left, cursor.name());
  if (isPair) for (const symbol of ["==", "$right", "."]) cursor.expect(symbol);
  const ofRight = isPair ? cursor.next : ofLeft;
  const rightColumn = columnIn(cursor, ofRight, right, isPair ? cursor.name() : ofLeft.text);
  return { left: leftColumn, right: typed(cursor, start, rightColumn, leftColumn.type) };
}

function columnIn(cursor: Cursor, token: Token, { columns }: Relation, name: string): Made {
  const column = cellsOf(columns).find((one) => one.name === name);
  if (column === undefined) throw cursor.error("is not a column of that side of the join", token);
  return scalar(cursor, token, column);
}

const keyOf = (columns: readonly Made[]) => (row: Row) =>
  JSON.stringify(columns.map(({ value }) => textOf(value(row))));

/** The right's columns, with a number where their name is taken. */
function renamed(left: readonly Column[], right: readonly Column[]): readonly Column[] {
  const taken = new Set([...left, ...right].map(({ name }) => name));
  const ofLeft = new Set(left.map(({ name }) => name));
  return right.map((column) => {
    if (!ofLeft.has(column.name)) return column;
    let number = 1;
    while (taken.has(`${column.name}${number}`)) number++;
    const name = `${column.name}${number}`;
    taken.add(name);
    return { ...column, name };
  });
}

/** The rows of both sides, together where they match; one of the two is absent where nothing does. */
function matched(
  kind: Kind,
  keys: Keys,
  left: readonly Row[],
  right: readonly Row[],
): readonly (readonly [left: Row | undefined, right: Row | undefined])[] {
  const ofRight = Map.groupBy(right, keys.right);
  const seen = new Set<string>();
  const isOuter = kind === "leftouter" || kind === "fullouter";
  const found = left.flatMap((row) => {
    const key = keys.left(row);
    if (kind === "innerunique" && seen.has(key)) return [];
    seen.add(key);
    const others: readonly (Row | undefined)[] = ofRight.get(key) ?? (isOuter ? [undefined] : []);
    return others.map((other) => [row, other] as const);
  });
  if (kind !== "fullouter") return found;
  const rest = [...ofRight].flatMap(([key, others]) => (seen.has(key) ? [] : others));
  return [...found, ...rest.map((other) => [undefined, other] as const)];
}
