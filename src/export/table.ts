import { asText } from "./csv.ts";

/** Rows with a tab between cells, as spreadsheets take them from the clipboard; no cell is taken for a formula. */
export function tableText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join("\t")}\n`).join("");
}

function cellOf(value: string): string {
  return asText(value.replaceAll(/[\t\r\n]+/g, " ").trim());
}
