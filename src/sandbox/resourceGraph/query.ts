import { Cursor } from "./cursor.ts";
import { compare, type Expression, expression, type Row, textOf, type Value } from "./expression.ts";

export interface Table {
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly Row[];
}

/** A step of a query: what it makes of a table. */
type Step = (cursor: Cursor, table: Table, tables: Tables) => Table;

export type Tables = (name: string) => Table | undefined;

/** Runs a query over tables. Throws QueryError at the first thing that it does not know. */
export function runQuery(query: string, tables: Tables): Table {
  const cursor = new Cursor(query);
  const result = pipeline(cursor, tables);
  if (cursor.next.kind !== "end") throw cursor.error("stands where '|' is expected");
  return result;
}

function pipeline(cursor: Cursor, tables: Tables): Table {
  const source = cursor.next;
  let table = tables(cursor.name().toLowerCase());
  if (table === undefined) throw cursor.error("is not a table", source);
  while (cursor.accept("|")) {
    const token = cursor.next;
    const step = steps[cursor.name()];
    if (step === undefined) throw cursor.error("is not an operator", token);
    table = step(cursor, table, tables);
  }
  return table;
}

interface Column {
  readonly name: string;
  readonly value: Expression;
}

/** `name`, `name = expression`, or a path, which names itself with underscores as Resource Graph does. */
function column(cursor: Cursor, table: Table): Column {
  if (cursor.isAssignment) {
    const name = cursor.name();
    cursor.expect("=");
    return { name, value: expression(cursor, table.columns) };
  }
  const start = cursor.next;
  const value = expression(cursor, table.columns);
  if (start.kind !== "name") throw cursor.error("needs a name", start);
  return { name: cursor.textSince(start).replaceAll(".", "_"), value };
}

function select(row: Row, columns: readonly Column[]): Row {
  return Object.fromEntries(columns.map(({ name, value }) => [name, value(row)]));
}

const namesOf = (columns: readonly Column[]): Set<string> => new Set(columns.map(({ name }) => name));

function where(cursor: Cursor, table: Table): Table {
  const keep = expression(cursor, table.columns);
  return { ...table, rows: table.rows.filter((row) => keep(row) === true) };
}

function project(cursor: Cursor, table: Table): Table {
  const columns = cursor.list(() => column(cursor, table));
  return { columns: namesOf(columns), rows: table.rows.map((row) => select(row, columns)) };
}

function projectAway(cursor: Cursor, table: Table): Table {
  const away = new Set(cursor.list(() => cursor.name()));
  const columns = new Set([...table.columns].filter((name) => !away.has(name)));
  const rows = table.rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => columns.has(name))),
  );
  return { columns, rows };
}

function extend(cursor: Cursor, table: Table): Table {
  let { columns, rows } = table;
  cursor.list(() => {
    const added = column(cursor, { columns, rows });
    columns = new Set([...columns, added.name]);
    rows = rows.map((row) => ({ ...row, ...select(row, [added]) }));
  });
  return { columns, rows };
}

function orderBy(cursor: Cursor, table: Table): Table {
  cursor.expect("by");
  const keys = cursor.list(() => {
    const value = expression(cursor, table.columns);
    const ascending = cursor.accept("asc");
    if (!ascending) cursor.accept("desc");
    return { value, sign: ascending ? 1 : -1 };
  });
  const rows = table.rows.toSorted((a, b) => {
    for (const { value, sign } of keys) {
      const order = compare(value(a), value(b));
      if (order !== 0) return order * sign;
    }
    return 0;
  });
  return { ...table, rows };
}

function take(cursor: Cursor, table: Table): Table {
  return { ...table, rows: table.rows.slice(0, cursor.number()) };
}

function distinct(cursor: Cursor, table: Table): Table {
  const { columns, rows } = project(cursor, table);
  const unique = new Map(rows.map((row) => [JSON.stringify(row), row]));
  return { columns, rows: [...unique.values()] };
}

const count: Step = (_, table) => ({ columns: new Set(["Count"]), rows: [{ Count: table.rows.length }] });

/** `join kind=leftouter|inner (query) on key` or `on $left.a == $right.b`. The right's doubled columns end in 1. */
function join(cursor: Cursor, left: Table, tables: Tables): Table {
  cursor.expect("kind");
  cursor.expect("=");
  const outer = cursor.accept("leftouter");
  if (!outer) cursor.expect("inner");
  cursor.expect("(");
  const right = pipeline(cursor, tables);
  cursor.expect(")");
  cursor.expect("on");
  const [leftKey, rightKey] = joinKeys(cursor, left, right);
  const renamed = new Map(
    [...right.columns].map((name) => [name, left.columns.has(name) ? `${name}1` : name]),
  );
  const matches = Map.groupBy(right.rows, (row) => textOf(row[rightKey]));
  const rows = left.rows.flatMap((row) => {
    const found = matches.get(textOf(row[leftKey])) ?? (outer ? [{}] : []);
    return found.map((other): Row => {
      const added = [...renamed].map(([name, as]): [string, Value] => [as, other[name] ?? null]);
      return { ...row, ...Object.fromEntries(added) };
    });
  });
  return { columns: new Set([...left.columns, ...renamed.values()]), rows };
}

function joinKeys(cursor: Cursor, left: Table, right: Table): readonly [string, string] {
  if (!cursor.accept("$left")) {
    const key = cursor.name();
    if (!left.columns.has(key) || !right.columns.has(key)) {
      throw cursor.error(`follows '${key}', which is not a column of both`);
    }
    return [key, key];
  }
  cursor.expect(".");
  const leftKey = cursor.name();
  cursor.expect("==");
  cursor.expect("$right");
  cursor.expect(".");
  const rightKey = cursor.name();
  if (!left.columns.has(leftKey) || !right.columns.has(rightKey)) {
    throw cursor.error("follows a key that is not a column");
  }
  return [leftKey, rightKey];
}

const steps: Readonly<Record<string, Step>> = {
  where,
  project,
  "project-away": projectAway,
  extend,
  order: orderBy,
  sort: orderBy,
  take,
  limit: take,
  distinct,
  count,
  join,
};
