import { type Json } from "../json.ts";
import { type Expression, isNull, low, textOf, type Type, type Value } from "./values.ts";

/** A function of KQL. */
export interface Func {
  /** The numbers of arguments that it takes. */
  readonly count: (given: number) => boolean;
  /** What the argument at `index` must be, if anything. */
  readonly takes?: (index: number, args: readonly Expression[]) => Type | undefined;
  readonly type: Type | ((args: readonly Expression[]) => Type);
  readonly apply: (values: readonly Value[], args: readonly Expression[]) => Value;
  /** Whether a column of it goes by its argument's name. */
  readonly named?: true;
}

const exactly = (wanted: number) => (given: number) => given === wanted;
const atLeast = (wanted: number) => (given: number) => given >= wanted;

/** The type that all of them have; dynamic where they differ. */
function commonType(expressions: readonly Expression[]): Type {
  const [first = "dynamic", ...others] = expressions.map(({ type }) => type);
  return others.every((type) => type === first) ? first : "dynamic";
}

const ofOne = (type: Type, apply: (value: Value) => Value, more: Partial<Func> = {}): Func => ({
  count: exactly(1),
  type,
  apply: ([value]) => apply(value),
  ...more,
});

/** The same for several names. */
const alike = (names: string, func: Func): Record<string, Func> =>
  Object.fromEntries(names.split(" ").map((name) => [name, func]));

function whole(value: Value): Value {
  if (typeof value === "boolean") return Number(value);
  const text = textOf(value).trim();
  return /^-?\d+(\.\d+)?$/.test(text) ? Math.trunc(Number(text)) : undefined;
}

function truth(value: Value): Value {
  if (typeof value === "number") return value !== 0;
  const text = low(value);
  return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : undefined;
}

/** Text that is no JSON is itself. */
function json(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

const isEmpty = (value: Value): boolean => isNull(value) || value === "";

/** Strings are never null. */
const nullness = (wanted: boolean): Func => ({
  count: exactly(1),
  type: "bool",
  apply: ([value], [arg]) => (arg?.type !== "string" && isNull(value)) === wanted,
});

const bagPack: Func = {
  count: (given) => given > 0 && given % 2 === 0,
  takes: (index) => (index % 2 === 0 ? "string" : undefined),
  type: "dynamic",
  apply: (values) =>
    Object.fromEntries(
      values.flatMap((key, index) => (index % 2 === 0 ? [[textOf(key), values[index + 1] ?? null]] : [])),
    ),
};

const iff: Func = {
  count: exactly(3),
  takes: (index) => (index === 0 ? "bool" : undefined),
  type: ([, ...choices]) => commonType(choices),
  apply: ([condition, yes, no]) => (condition === true ? yes : no),
};

const choose: Func = {
  count: (given) => given >= 3 && given % 2 === 1,
  takes: (index, { length }) => (index % 2 === 0 && index < length - 1 ? "bool" : undefined),
  type: (args) => commonType(args.filter((_, index) => index % 2 === 1 || index === args.length - 1)),
  apply: (values) => {
    for (let index = 0; index < values.length - 1; index += 2) {
      if (values[index] === true) return values[index + 1];
    }
    return values.at(-1);
  },
};

const split: Func = {
  count: (given) => given === 2 || given === 3,
  type: "dynamic",
  apply: ([text, delimiter, index]) => {
    const parts = textOf(text).split(textOf(delimiter));
    return typeof index === "number" ? parts.slice(index, index + 1) : parts;
  },
};

export const functions: Readonly<Record<string, Func>> = {
  not: ofOne("bool", (value) => (typeof value === "boolean" ? !value : undefined), { takes: () => "bool" }),
  tostring: ofOne("string", textOf, { named: true }),
  tolower: ofOne("string", low),
  tobool: ofOne("bool", truth, { named: true }),
  toint: ofOne("long", whole, { named: true }),
  ...alike("parse_json todynamic", ofOne("dynamic", json, { named: true })),
  isempty: ofOne("bool", isEmpty),
  isnotempty: ofOne("bool", (value) => !isEmpty(value)),
  isnull: nullness(true),
  isnotnull: nullness(false),
  strlen: ofOne("long", (value) => textOf(value).length),
  array_length: ofOne("long", (value) => (Array.isArray(value) ? value.length : undefined), {
    takes: () => "dynamic",
  }),
  strcat: { count: atLeast(1), type: "string", apply: (values) => values.map(textOf).join("") },
  strcat_array: {
    count: exactly(2),
    takes: (index) => (index === 0 ? "dynamic" : undefined),
    type: "string",
    apply: ([values, delimiter]) => (Array.isArray(values) ? values.map(textOf).join(textOf(delimiter)) : ""),
  },
  ...alike("bag_pack pack", bagPack),
  pack_array: {
    count: atLeast(1),
    type: "dynamic",
    apply: (values) => values.map((value) => value ?? null),
  },
  coalesce: {
    count: atLeast(2),
    takes: (_, args) => args[0]?.type,
    type: commonType,
    // Of texts, which are never null, the first that says something.
    apply: (values, args) =>
      values.find((value) => (args[0]?.type === "string" ? !isEmpty(value) : !isNull(value))),
  },
  iff,
  case: choose,
  split,
};
