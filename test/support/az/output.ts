import jmespath from "jmespath";

/** What Azure CLI prints of a result: by JMESPath's own implementation for JavaScript, and in the forms of knack. */
export function printed(result: unknown, query: string | undefined, format: string): string {
  const found = query === undefined ? result : queried(result, query);
  if (format === "none" || found === null || found === undefined) return "";
  if (format === "json") return `${JSON.stringify(sorted(found), null, 2)}\n`;
  if (format !== "tsv") throw new Error(`No output like ${format}`);
  const rows: readonly unknown[] = Array.isArray(found) ? found : [found];
  return rows.map((row) => `${cellsOf(row).join("\t")}\n`).join("");
}

/** In Python to_string writes ASCII. */
function queried(result: unknown, query: string): unknown {
  const found: unknown = jmespath.search(result, query);
  if (typeof found !== "string" || !query.startsWith("to_string(")) return found;
  return found.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function cellsOf(row: unknown): readonly string[] {
  if (Array.isArray(row)) return row.map(cell);
  if (typeof row === "object" && row !== null) return Object.values(row).map(cell);
  return [typeof row === "boolean" ? String(row) : cell(row)];
}

function cell(value: unknown): string {
  if (Array.isArray(value)) return String(value.length);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null || value === undefined) return "None";
  return typeof value === "object" ? "" : String(value as string | number);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
