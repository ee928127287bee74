import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compile } from "../../../../src/sandbox/resourceGraph/query.ts";
import { QueryError } from "../../../../src/sandbox/resourceGraph/tokens.ts";
import type { Column, Type, Value } from "../../../../src/sandbox/resourceGraph/values.ts";

type Rows = readonly Readonly<Record<string, Value>>[];

const people: Rows = [
  { id: "1", name: "Ada", city: "London", age: 36, more: { tags: ["a", "b"], boss: "9" } },
  { id: "2", name: "Bob", city: "Paris", age: 41, more: { tags: [], boss: null } },
  { id: "3", name: "cleo", city: "London", age: null, more: null },
];
const houses: Rows = [
  { id: "1", name: "Mill", city: "LONDON", age: 200, more: { rooms: 3 } },
  { id: "1", name: "Barn", city: "Rome", age: 90, more: { rooms: 1 } },
  { id: "7", name: "Shed", city: "Oslo", age: 2, more: {} },
];

const types: Readonly<Record<string, Type>> = {
  id: "string",
  name: "string",
  city: "string",
  age: "long",
  more: "dynamic",
};
const columns = Object.entries(types).map(([name, type]): Column => ({ name, type }));
const tables: Readonly<Record<string, Rows>> = { people, houses };

function run(query: string): Record<string, Value>[] {
  const relation = compile(query, (name) =>
    tables[name] === undefined ? undefined : { columns, rows: (source) => source(name) },
  );
  return relation
    .rows((table) => (tables[table] ?? []).map((row) => columns.map(({ name }) => row[name])))
    .map((row) => Object.fromEntries(relation.columns.map(({ name }, place) => [name, row[place] ?? null])));
}

/** The values of the only column. */
const values = (query: string): Value[] => run(query).map((row) => Object.values(row)[0]);
const one = (text: string): Value => values(`people | take 1 | project x = ${text}`)[0];

function refused(query: string, token: string): void {
  assert.throws(
    () => run(query),
    (error) => QueryError.is(error) && error.token === token,
    query,
  );
}

describe("functions of the query language", () => {
  const cases: readonly (readonly [text: string, value: Value])[] = [
    ["tolower(name)", "ada"],
    ["tostring(more.tags)", '["a","b"]'],
    ["tostring(more.nothing)", ""],
    ["toint('12')", 12],
    ["toint('12 apes')", null],
    ["tobool('TRUE')", true],
    ["tobool('perhaps')", null],
    ["strcat(name, '-', age, more.nothing)", "Ada-36"],
    ["split('a/b/c', '/')", ["a", "b", "c"]],
    ["split('a/b/c', '/')[2]", "c"],
    ["split('a/b/c', '/')[-1]", "c"],
    ["parse_json('{\"a\":[1]}').a[0]", 1],
    ["parse_json('{')", "{"],
    ["array_length(more.tags)", 2],
    ["array_length(more)", null],
    ["pack_array(1, name, more.nothing)", [1, "Ada", null]],
    ["bag_pack('a', 1, 'b', more.nothing)", { a: 1, b: null }],
    ["strcat_array(split(name, 'd'), '-')", "A-a"],
    ["strcat_array(more.nothing, '-')", ""],
    ["pack('a', name)", { a: "Ada" }],
    ["dynamic(null)", null],
    ['dynamic({\'a\': [1, -2.5, null, true], "b": "x"})', { a: [1, -2.5, null, true], b: "x" }],
    ["iff(age > 30, 'old', 'young')", "old"],
    ["iff(isnull(more.nothing), 1, 2)", 1],
    ["iff(more.nothing == 'x', 1, 2)", 2],
    ["case(age > 40, 'elder', age >= 18, 'adult', 'child')", "adult"],
    ["case(age > 90, 'aged', age > 60, 'elder', 'other')", "other"],
    ["coalesce(more.nothing, more.boss)", "9"],
    ["coalesce('', name)", "Ada"],
    ["isempty('')", true],
    ["isempty(more.nothing)", true],
    ["isnotempty(more)", true],
    ["isnull('')", false],
    ["isnotnull(more.nothing)", false],
    ["strlen(name)", 3],
    ["-3", -3],
    ["not(age == 36)", false],
  ];
  for (const [text, value] of cases) it(text, () => assert.deepEqual(one(text), value));

  it("null is equal to nothing, and different from everything but null", () => {
    assert.deepEqual(values("people | where more.boss == '9' | project id"), ["1"]);
    assert.deepEqual(values("people | where more.boss != '9' | project id"), ["2", "3"]);
    assert.deepEqual(values("people | where age != 36 | project id"), ["2", "3"]);
    assert.deepEqual(values("people | where more.boss == more.nothing | project id"), []);
    assert.deepEqual(values("people | where age > 36 or age >= 1 | project id"), ["1", "2"]);
  });

  it("memberships look into lists", () => {
    assert.deepEqual(values("people | where 'b' in (more.tags) | project id"), ["1"]);
    assert.deepEqual(values("people | where name in~ (dynamic(['ADA', 'CLEO'])) | project id"), ["1", "3"]);
    assert.deepEqual(values("people | where not(name in~ ('ADA')) and city !in ('Paris') | project id"), [
      "3",
    ]);
  });
});

describe("joins of the query language", () => {
  const join = (kind: string, on = "id") =>
    run(
      `people | join ${kind} (houses) on ${on} | project id, id1, name, name1 | order by name1 asc, name asc`,
    );
  const pairs = (rows: ReturnType<typeof run>) => rows.map(({ name, name1 }) => [name, name1]);

  it("inner has every match, both keys and a number where a name is taken", () => {
    assert.deepEqual(join("kind=inner"), [
      { id: "1", id1: "1", name: "Ada", name1: "Barn" },
      { id: "1", id1: "1", name: "Ada", name1: "Mill" },
    ]);
  });

  it("leftouter has the left's rows that match nothing, fullouter those of both", () => {
    const ofLeft = [
      ["Bob", null],
      ["cleo", null],
    ];
    assert.deepEqual(pairs(join("kind=leftouter")).slice(0, 2), ofLeft);
    assert.equal(join("kind=leftouter").length, 4);
    assert.deepEqual(pairs(join("kind=fullouter")), [
      ...ofLeft,
      ["Ada", "Barn"],
      ["Ada", "Mill"],
      [null, "Shed"],
    ]);
  });

  it("a text that an outer join left out is empty and not null", () => {
    const query =
      "people | join kind=fullouter (houses) on id | project id = iff(isempty(id), id1, id), none = isnull(name)";
    assert.deepEqual(
      run(`${query} | order by id asc`).map(({ id, none }) => [id, none]),
      [..."11237"].map((id) => [id, false]),
    );
    assert.equal(values("people | join kind=fullouter (houses) on id | where name == '' | count")[0], 1);
    assert.equal(values("people | join kind=fullouter (houses) on id | where isnull(more) | count")[0], 2);
  });

  it("innerunique, which is meant where no kind is said, takes one of the left for each key", () => {
    const left = "houses | project key = 'all', name";
    const right = "people | project key = 'all', who = name";
    assert.equal(run(`${left} | join (${right}) on key`).length, 3);
    assert.equal(run(`${left} | join kind=innerunique (${right}) on key`).length, 3);
    assert.equal(run(`${left} | join kind=inner (${right}) on key`).length, 9);
  });

  it("joins by several keys, of other names, and by a table alone", () => {
    assert.deepEqual(
      values(
        "people | extend city = tolower(city) | join kind=inner (houses | extend town = tolower(city)) on id, $left.city == $right.town | project name1",
      ),
      ["Mill"],
    );
    assert.equal(run("people | join kind=inner houses on id").length, 2);
  });

  it("finds a free number for a name", () => {
    const [row = {}] = run("people | project id, id1 = name | join kind=inner (houses | project id) on id");
    assert.deepEqual(Object.keys(row), ["id", "id1", "id2"]);
  });

  it("refuses dynamic keys and keys of two types", () => {
    refused("people | join (houses) on more", "more");
    refused("people | join (houses) on $left.id == $right.age", "$left");
  });
});

describe("summarize, union and the rest of the query language", () => {
  it("summarizes by columns and expressions, the keys first", () => {
    assert.deepEqual(
      run(
        "people | summarize count(), names = make_list(name), youngest = min(age) by town = tolower(city) | order by town asc",
      ),
      [
        { town: "london", count_: 2, names: ["Ada", "cleo"], youngest: 36 },
        { town: "paris", count_: 1, names: ["Bob"], youngest: 41 },
      ],
    );
  });

  it("names what has no name, and leaves nulls out", () => {
    assert.deepEqual(
      run(
        "people | summarize dcount(city), make_list(age), make_set(city), any(more.boss), take_any(id), min(age), countif(age > 40), make_list(bag_pack('n', name))",
      ),
      [
        {
          dcount_city: 2,
          list_age: [36, 41],
          set_city: ["London", "Paris"],
          any_more_boss: "9",
          id: "1",
          min_age: 36,
          countif_: 1,
          list_: [{ n: "Ada" }, { n: "Bob" }, { n: "cleo" }],
        },
      ],
    );
    assert.deepEqual(run("people | project tolower(name), tostring(more.boss), more.tags[0] | take 1"), [
      { Column1: "ada", more_boss: "9", more_tags_0: "a" },
    ]);
  });

  it("summarizes nothing to one row without keys, and to none with", () => {
    assert.deepEqual(run("people | where name == '' | summarize count(), make_list(id)"), [
      { count_: 0, list_id: [] },
    ]);
    assert.deepEqual(run("people | where name == '' | summarize count() by id"), []);
    assert.deepEqual(values("people | summarize by city | order by city asc"), ["London", "Paris"]);
  });

  it("unites tables, whose columns need not be the same", () => {
    assert.deepEqual(
      run("people | project id, a = age | union (houses | project id, b = name | take 1)").slice(2),
      [
        { id: "3", a: null, b: null },
        { id: "1", a: null, b: "Mill" },
      ],
    );
    assert.deepEqual(Object.keys(run("people | project id | union (houses | project id = age)")[0] ?? {}), [
      "id_string",
      "id_long",
    ]);
    assert.deepEqual(
      Object.keys(run("people | project id, age | union kind=inner (houses | project id)")[0] ?? {}),
      ["id"],
    );
    assert.equal(values("people | union houses, people | count")[0], 9);
  });

  it("expands lists, keeps a row with null and drops one with an empty list", () => {
    assert.deepEqual(run("people | mv-expand tag = more.tags | project id, tag"), [
      { id: "1", tag: "a" },
      { id: "1", tag: "b" },
      { id: "3", tag: null },
    ]);
    assert.deepEqual(run("people | take 1 | mv-expand more | project id, more"), [
      { id: "1", more: { tags: ["a", "b"] } },
      { id: "1", more: { boss: "9" } },
    ]);
    assert.equal(
      run("people | take 1 | mv-expand more.tags to typeof(string) limit 1 | where more_tags startswith 'A'")
        .length,
      1,
    );
  });

  it("sorts with nulls where KQL has them, by several keys", () => {
    assert.deepEqual(values("people | order by age asc | project id"), ["3", "1", "2"]);
    assert.deepEqual(values("people | order by age | project id"), ["2", "1", "3"]);
    assert.deepEqual(values("people | order by age asc nulls last | project id"), ["1", "2", "3"]);
    assert.deepEqual(values("people | order by city asc, id desc | project id"), ["3", "1", "2"]);
    assert.deepEqual(values("people | order by name asc | project name"), ["Ada", "Bob", "cleo"]);
  });

  it("extends with what was there before, replaces in place, and tells rows apart", () => {
    assert.deepEqual(run("people | project id, name | extend name = tolower(name), old = name | take 1"), [
      { id: "1", name: "ada", old: "Ada" },
    ]);
    assert.deepEqual(values("people | distinct city"), ["London", "Paris"]);
    assert.equal(run("people | project city, 1 | distinct *").length, 2);
    assert.deepEqual(values("people | count | project Count"), [3]);
  });

  it("refuses what KQL refuses", () => {
    const bad: readonly (readonly [query: string, token: string])[] = [
      ["people | where name", "name"],
      ["people | where more.boss", "more"],
      ["people | where name > 'a'", ">"],
      ["people | where name contains 1", "contains"],
      ["people | where name and true", "name"],
      ["people | where name.a == 'x'", "."],
      ["people | order by more.boss", "more"],
      ["people | summarize count() by more", "more"],
      ["people | distinct more", "more"],
      ["people | summarize count(), count()", "count"],
      ["people | summarize countif(name)", "name"],
      ["people | summarize sum(age)", "sum"],
      ["people | summarize name by id", "by"],
      ["people | project id, id", "id"],
      ["people | project-away colour", "colour"],
      ["people | extend a = 1, b = a", "a"],
      ["people | extend a = bag_pack('a')", "bag_pack"],
      ["people | extend a = bag_pack(1, 2)", "1"],
      ["people | extend a = case(true, 1)", "case"],
      ["people | extend a = iff(name, 1, 2)", "name"],
      ["people | extend a = coalesce(name, more.boss)", "more"],
      ["people | extend a = dynamic({a: 1})", ":"],
      ["people | mv-expand name", "name"],
      ["people | mv-expand more.tags limit 2001", "<EOF>"],
      ["people | take 5.5", "5.5"],
      ["people | where name == 'x' && id == 'y'", "&"],
      ["people | join kind=inner (houses on id", "on"],
      ["people |", "<EOF>"],
    ];
    for (const [query, token] of bad) refused(query, token);
  });
});
