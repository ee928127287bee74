import { scalar } from "./columns.ts";
import type { Cursor } from "./cursor.ts";
import type { Step } from "./step.ts";
import type { Token } from "./tokens.ts";
import { type Column, type Relation, type Row, seenThrough, textOf } from "./values.ts";

/** What Resource Graph has of KQL's kinds. */
const kinds = ["innerunique", "inner", "leftouter", "fullouter"] as const;
type Kind = (typeof kinds)[number];

/** A row of a join: one of the two is absent where nothing matched. */
interface Pair {
  readonly left: Row | undefined;
  readonly right: Row | undefined;
}

type Keys = readonly { readonly left: Column; readonly right: Column }[];

/**
 * `join kind=… (query) on key, $left.a == $right.b`, `innerunique` where no kind is said. Every column of both sides is there, the keys
 * too; a name of the right that the left has already gets a number.
 */
export const join: Step = (cursor, left, pipeline) => {
  const kind = kindOf(cursor);
  const right = pipeline();
  cursor.expect("on");
  const keys = cursor.list(() => keyIn(cursor, left, right));
  return {
    columns: [
      ...left.columns.map((column) => seenThrough(column, (row) => (row as Pair).left)),
      ...renamed(left.columns, right.columns).map((column) =>
        seenThrough(column, (row) => (row as Pair).right),
      ),
    ],
    rows: (source) => pairs(kind, keys, left.rows(source), right.rows(source)),
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

function keyIn(cursor: Cursor, left: Relation, right: Relation): Keys[number] {
  const start = cursor.next;
  if (!cursor.accept("$left")) {
    const name = cursor.name();
    return matching(cursor, start, {
      left: columnIn(cursor, start, left, name),
      right: columnIn(cursor, start, right, name),
    });
  }
  cursor.expect(".");
  const leftColumn = columnIn(cursor, cursor.next, left, cursor.name());
  cursor.expect("==");
  cursor.expect("$right");
  cursor.expect(".");
  return matching(cursor, start, {
    left: leftColumn,
    right: columnIn(cursor, cursor.next, right, cursor.name()),
  });
}

function columnIn(cursor: Cursor, token: Token, { columns }: Relation, name: string): Column {
  const column = columns.find((one) => one.name === name);
  if (column === undefined) throw cursor.error("is not a column of that side of the join", token);
  return scalar(cursor, token, column);
}

function matching(cursor: Cursor, start: Token, key: Keys[number]): Keys[number] {
  if (key.left.type === key.right.type) return key;
  throw cursor.error(`begins a key of two types, ${key.left.type} and ${key.right.type}`, start);
}

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

function pairs(kind: Kind, keys: Keys, left: readonly Row[], right: readonly Row[]): readonly Pair[] {
  const keyFrom = (side: "left" | "right") => {
    const values = keys.map((key) => key[side].value);
    const [only] = values;
    if (values.length === 1 && only !== undefined) return (row: Row) => textOf(only(row));
    return (row: Row) => JSON.stringify(values.map((value) => textOf(value(row))));
  };
  const [leftKey, rightKey] = [keyFrom("left"), keyFrom("right")];
  const matches = Map.groupBy(right, rightKey);
  const found: Pair[] = [];
  const used = new Set<readonly Row[]>();
  const seen = new Set<string>();
  for (const row of left) {
    const key = leftKey(row);
    if (kind === "innerunique") {
      if (seen.has(key)) continue;
      seen.add(key);
    }
    const others = matches.get(key);
    if (others !== undefined) {
      if (kind === "fullouter") used.add(others);
      for (const other of others) found.push({ left: row, right: other });
    } else if (kind === "leftouter" || kind === "fullouter") found.push({ left: row, right: undefined });
  }
  if (kind === "fullouter") {
    for (const others of matches.values()) {
      if (!used.has(others)) for (const other of others) found.push({ left: undefined, right: other });
    }
  }
  return found;
}
