import { isObject } from "../../../src/core/resources/json.ts";

/**
 * Compares what an SDK made of an answer with the wire, and returns the paths of what is not the same: members of the wire that the model
 * lacks (`-`), has otherwise (`≠`), and members that the model has from nowhere (`+`).
 *
 * Accounted for: the SDKs flatten `properties` into the object around it, where a `type` that is there already makes the flattened one
 * `typePropertiesType`, and turn dates into `Date`s.
 */
export function differences(wire: unknown, model: unknown, path = ""): string[] {
  if (Array.isArray(wire)) {
    if (!Array.isArray(model) || model.length !== wire.length) return [`≠ ${path}`];
    return unique(wire.flatMap((item, index) => differences(item, model[index], `${path}[]`)));
  }
  if (isObject(wire)) {
    if (!isObject(model)) return [`${model === undefined ? "-" : "≠"} ${path}`];
    const members = flattenedLike(model, wire);
    const lost = members.flatMap(({ name, value, at }) =>
      differences(value, member(model, name), `${path}${at}`),
    );
    const names = new Set(members.map(({ name }) => name));
    const invented = Object.entries(model)
      .filter(([name, value]) => value !== undefined && !names.has(name))
      .map(([name]) => `+ ${path}.${name}`);
    return unique([...lost, ...invented]);
  }
  if (model instanceof Date) return model.getTime() === Date.parse(String(wire)) ? [] : [`≠ ${path}`];
  if (wire === model) return [];
  return [`${model === undefined ? "-" : "≠"} ${path}`];
}

interface Member {
  /** What the SDK calls it. */
  readonly name: string;
  readonly value: unknown;
  /** Where it is on the wire. */
  readonly at: string;
}

/** The members of the wire's object, those of `properties` among them where the model has pulled them up. */
function flattenedLike(model: object, wire: object): Member[] {
  const { properties, ...rest } = wire as { readonly properties?: unknown };
  const own = (from: object): Member[] =>
    Object.entries(from).map(([name, value]) => ({ name, value, at: `.${name}` }));
  if (!isObject(properties) || member(model, "properties") !== undefined) return own(wire);
  const pulled = Object.entries(properties).map(([name, value]) => ({
    name: name === "type" ? "typePropertiesType" : name,
    value,
    at: `.properties.${name}`,
  }));
  return [...own(rest), ...pulled];
}

function member(model: object, name: string): unknown {
  return (model as Readonly<Record<string, unknown>>)[name];
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
