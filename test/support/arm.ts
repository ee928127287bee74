/** The text that a value of a template stands for, by ARM's rules; throws where it is an expression. */
export function armText(value: unknown): string {
  if (typeof value !== "string") throw new Error(`No text: ${JSON.stringify(value)}`);
  if (!value.startsWith("[") || !value.endsWith("]")) return value;
  if (!value.startsWith("[[")) throw new Error(`An expression: ${value}`);
  return value.slice(1);
}
