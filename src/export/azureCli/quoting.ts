import type { Json } from "../../core/resources/json.ts";
import type { Member } from "../code/members.ts";

/** A text as one word of bash: nothing in single quotes means anything but the quote that ends them. */
export function word(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** An option and its value. A value that begins with a hyphen would be read as an option of its own. */
export function option(name: string, value: string): string {
  return `${name}${value.startsWith("-") ? "=" : " "}${word(value)}`;
}

/** The same for commands that read some values as a notation of their own (null, ??, quoted text). */
export function shorthandOption(name: string, value: string): string {
  const isNotation = value === "null" || value === "??" || value.startsWith("'");
  return option(name, isNotation ? `'${value.replaceAll("'", "'/")}'` : value);
}

/** JSON as JMESPath's to_string writes it in Azure CLI: without blanks, and in ASCII. */
export function asciiJson(value: Json): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A JMESPath expression that finds the values of members, as one line of JSON. */
export function queryOf(members: readonly Member[]): string {
  return `to_string([${members.map(expressionOf).join(", ")}])`;
}

function expressionOf({ path, standard, isCount }: Member): string {
  const found = path.map(identifier).join(".");
  if (isCount === true) return `length(not_null(${found}, ${literal({})}))`;
  const [first, name] = path;
  // Azure may have stored the name of a tag in lower case.
  if (first === "tags" && name !== undefined && name !== name.toLowerCase())
    return `not_null(${found}, tags.${identifier(name.toLowerCase())})`;
  return standard === undefined ? found : `not_null(${found}, ${literal(standard)})`;
}

function identifier(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function literal(value: Json): string {
  return `\`${JSON.stringify(value).replaceAll("`", "\\`")}\``;
}
