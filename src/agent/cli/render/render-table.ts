import { fitToWidth, padToWidth, textWidth } from "./text-width.ts";

/** One column of a table. */
export interface TableColumn {
  readonly title: string;
  /** Default `left`. */
  readonly align?: "left" | "right";
  /** Whether texts may be shortened when the table is wider than the terminal. Default false. */
  readonly shrinks?: boolean;
  /** Colours a cell that has its final width. Default: as it is. */
  readonly style?: (padded: string, rowIndex: number) => string;
}

/** How a table is drawn. */
export interface TableOptions {
  /** Columns of the terminal; without it nothing is shortened. */
  readonly widthMax?: number | undefined;
  /** Colours the line of titles. */
  readonly styleTitles?: (line: string) => string;
}

const GAP = "  ";
/** A path is not shortened below this, however narrow the terminal. */
const SHRUNK_WIDTH_MIN = 16;

/** Draws a table with aligned columns, one line per row and one for the titles. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string {
  const widths = columnWidths(columns, rows, options.widthMax);
  const draw = (cells: readonly string[], rowIndex: number | undefined): string =>
    columns
      .map((column, index) => {
        const width = widths[index] ?? 0;
        const cell = fitToWidth(cells[index] ?? "", width);
        const isLast = index === columns.length - 1 && column.align !== "right";
        const padded = isLast ? cell : padToWidth(cell, width, column.align ?? "left");
        return rowIndex === undefined ? padded : (column.style?.(padded, rowIndex) ?? padded);
      })
      .join(GAP)
      .trimEnd();
  const titles = draw(
    columns.map((column) => column.title),
    undefined,
  );
  return [options.styleTitles?.(titles) ?? titles, ...rows.map(draw)].join("\n");
}

function columnWidths(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  widthMax = Number.POSITIVE_INFINITY,
): number[] {
  const widths = columns.map(({ title }, index) =>
    rows.reduce((width, row) => Math.max(width, textWidth(row[index] ?? "")), textWidth(title)),
  );
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1));
  const excess = total - widthMax;
  if (excess <= 0) return widths;
  return widths.map((width, index) => {
    if (columns[index]?.shrinks !== true) return width;
    return Math.min(width, Math.max(SHRUNK_WIDTH_MIN, width - excess));
  });
}
