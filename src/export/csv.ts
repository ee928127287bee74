/**
 * Comma-separated values as RFC 4180 has them, with a line of headings. A text that spreadsheets would take for a formula, since it begins
 * with `=`, `+`, `-`, `@` or a control character, gets an apostrophe before it, which they take for "this is text"
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = asText(value);
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text with an apostrophe before it where it would be taken for a formula. */
export function asText(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
