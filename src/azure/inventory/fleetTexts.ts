import type { Json } from "../../core/resources/json.ts";
import { type ModelMember, propertiesOf, sharedMembers } from "../../core/resources/scaleSetModel.ts";

/** What stands in a text of the query's for a quotation mark: the answer would have a backslash before each of those, and take longer to parse. */
const standIn = "`";
const standIns = /`/g;

/**
 * The text of `column` without quotation marks; as it is where their stand-in is a part of it. Resource Graph has been seen to know no function that
 * replaces: https://github.com/MicrosoftDocs/dataexplorer-docs/issues/1296.
 */
export function withoutQuotes(column: string): string {
  return `iff(${column} contains '${standIn}', ${column}, strcat_array(split(${column}, '"'), '${standIn}'))`;
}

/** The query's expression for what `propertiesIn` reads, in the same order; what is each set's own comes beside it. */
export const modelText = `tostring(pack_array(
    ${sharedMembers.map(expressionOf).join(",\n    ")}))`;

function expressionOf({ path, isSection }: ModelMember): string {
  const member = ["properties", ...path].join(".");
  return isSection === true ? `isnotnull(${member})` : member;
}

/**
 * What texts of the query's answers say. Of each different one it is worked out once, so that thousands of sets share it, and a set that is the
 * same in the next reading has the same parts.
 */
export interface FleetTexts {
  /** To be called as a reading begins: forgets what the last one did not have. */
  readonly begin: () => void;
  /** What is no JSON is a text itself, since a malformed resource may hold anything. */
  readonly json: (text: string) => Json;
  /** The `properties` of a scale set, of its `modelText`. */
  readonly properties: (text: string) => Json;
}

export function fleetTexts(): FleetTexts {
  const [json, properties] = [new Once(jsonIn), new Once(propertiesIn)];
  return {
    begin: () => {
      json.begin();
      properties.begin();
    },
    json: (text) => json.of(text),
    properties: (text) => properties.of(text),
  };
}

/** What `read` makes of texts, each read once as long as every reading has it. */
class Once {
  readonly #read: (text: string) => Json;
  #before: ReadonlyMap<string, Json> = new Map();
  #known = new Map<string, Json>();

  constructor(read: (text: string) => Json) {
    this.#read = read;
  }

  begin(): void {
    this.#before = this.#known;
    this.#known = new Map();
  }

  of(text: string): Json {
    const same = this.#known.get(text);
    if (same !== undefined) return same;
    const value = this.#before.get(text) ?? this.#read(text);
    this.#known.set(text, value);
    return value;
  }
}

function jsonIn(text: string): Json {
  const json = text.includes('"') ? text : text.replace(standIns, '"');
  try {
    return JSON.parse(json) as Json;
  } catch {
    return text;
  }
}

function propertiesIn(text: string): Json {
  const model = jsonIn(text);
  return Array.isArray(model) ? propertiesOf(model as readonly Json[], sharedMembers) : model;
}

/** Resource Graph has null where ARM has nothing, and empty text in columns of text. */
export function isThere(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== "";
}
