import { compare, type Expression, isNull, low, textOf, type Type, type Value } from "./values.ts";

type Truth = boolean | undefined;

/** What an operator makes of two values; their types decide whether it may. */
interface Operator {
  readonly takes: (left: Type, right: Type) => boolean;
  readonly apply: (left: Value, right: Value) => Truth;
  /** Whether a list in parentheses stands behind it. */
  readonly isOfList?: true;
}

/** Null is not equal to anything, and whether it is equal to null cannot be told. */
export function equal(left: Value, right: Value): Truth {
  if (isNull(left) || isNull(right)) return isNull(left) && isNull(right) ? undefined : false;
  if (typeof left === "boolean" || typeof right === "boolean") return low(left) === low(right);
  return textOf(left) === textOf(right);
}

function unequal(left: Value, right: Value): Truth {
  const same = equal(left, right);
  return same === undefined ? undefined : !same;
}

/** `has` finds whole terms: what stands around it is not a letter or digit. */
function hasTerm(left: Value, right: Value): boolean {
  const [text, term] = [low(left), low(right)];
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + term.length);
    if (!/[a-z0-9]/.test(around)) return true;
  }
  return false;
}

/** Only numbers have a size: KQL does not order texts so. */
const bySize = (holds: (order: number) => boolean): Operator => ({
  takes: (left, right) => ![left, right].some((type) => type === "string" || type === "bool"),
  apply: (left, right) =>
    typeof left === "number" && typeof right === "number" ? holds(compare(left, right)) : undefined,
});

const ofAny = (apply: Operator["apply"]): Operator => ({ takes: () => true, apply });

const isText = (type: Type): boolean => type === "string" || type === "dynamic";
const ofTexts = (apply: Operator["apply"]): Operator => ({
  takes: (left, right) => isText(left) && isText(right),
  apply,
});

/** Whether two texts are the same but for their casing. */
const caseless = (left: Value, right: Value): boolean => left === right || low(left) === low(right);

/** The operator and its opposite, which begins with an exclamation mark. */
const both = (name: string, apply: (left: Value, right: Value) => boolean): Record<string, Operator> => ({
  [name]: ofTexts(apply),
  [`!${name}`]: ofTexts((left, right) => !apply(left, right)),
});

/** Membership in a list; an array among its members stands for what is in it. */
const among =
  (same: Operator["apply"]) =>
  (value: Value, members: Value): boolean =>
    Array.isArray(members) && members.flat().some((one: Value) => same(value, one) === true);

const ofList = (apply: Operator["apply"]): Operator => ({ ...ofAny(apply), isOfList: true });

export const operators: Readonly<Record<string, Operator>> = {
  "==": ofAny(equal),
  "!=": ofAny(unequal),
  "=~": ofTexts(caseless),
  ">": bySize((order) => order > 0),
  ">=": bySize((order) => order >= 0),
  ...both("contains", (left, right) => low(left).includes(low(right))),
  ...both("has", hasTerm),
  ...both("startswith", (left, right) => low(left).startsWith(low(right))),
  in: ofList(among(equal)),
  "!in": ofList((value, members) => !among(equal)(value, members)),
  "in~": ofList(among(caseless)),
};

/** A string column that a join left empty holds no null: it is an empty text. */
export function operandOf({ type, value }: Expression): Expression["value"] {
  return type === "string" ? (row) => value(row) ?? "" : value;
}
