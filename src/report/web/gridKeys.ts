/** A place in the grid: row 0 is that of the headings. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Extent {
  /** Rows below that of the headings. */
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

/**
 * Where a key leads in a grid (https://www.w3.org/WAI/ARIA/apg/patterns/grid/#datagridkeyboardinteraction); undefined for a key that leads
 * nowhere.
 */
export function placeAfter(
  key: string,
  isControl: boolean,
  { row, column }: Place,
  { rows, columns, page }: Extent,
): Place | undefined {
  const to = (nextRow: number, nextColumn: number): Place => ({
    row: Math.min(Math.max(nextRow, 0), rows),
    column: Math.min(Math.max(nextColumn, 0), columns - 1),
  });
  switch (key) {
    case "ArrowUp":
      return to(row - 1, column);
    case "ArrowDown":
      return to(row + 1, column);
    case "ArrowLeft":
      return to(row, column - 1);
    case "ArrowRight":
      return to(row, column + 1);
    case "PageUp":
      return to(Math.max(row - page, Math.min(row, 1)), column);
    case "PageDown":
      return to(row + page, column);
    case "Home":
      return isControl ? to(0, 0) : to(row, 0);
    case "End":
      return isControl ? to(rows, columns) : to(row, columns);
    default:
      return undefined;
  }
}

/** The rows that are drawn, `from` inclusive and `to` exclusive: those in sight and some around them. */
export function drawnRows(
  { top, height, rowHeight }: { readonly top: number; readonly height: number; readonly rowHeight: number },
  rows: number,
): { readonly from: number; readonly to: number } {
  const rowsAround = 6;
  const from = Math.max(0, Math.floor(top / rowHeight) - rowsAround);
  return {
    from: Math.min(from, rows),
    to: Math.min(rows, Math.ceil((top + height) / rowHeight) + rowsAround),
  };
}
