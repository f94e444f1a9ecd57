import { fitToWidth, padToWidth, textWidth } from "./text-width.ts";

/** One column of a table. */
export interface TableColumn {
  readonly title: string;
  /** Default `left`. */
  readonly align?: "left" | "right";
  /** Whether texts may be shortened when the table is wider than the terminal. Default false. */
  readonly shrinks?: boolean;
  /**
   * Whether the column goes to a second line of each row when the table, shortened as far as it may
   * be, is still wider than the terminal. Default false.
   */
  readonly folds?: boolean;
  /** Colours a cell that has its final width. Default: as it is. */
  readonly style?: (padded: string, rowIndex: number) => string;
}

/** How a table is drawn. */
export interface TableOptions {
  /** Columns of the terminal; without it nothing is shortened or folded. */
  readonly widthMax?: number | undefined;
  /** Colours the line of titles. */
  readonly styleTitles?: (line: string) => string;
}

const GAP = "  ";
/** A path is not shortened below this, however narrow the terminal. */
const SHRUNK_WIDTH_MIN = 16;
/** How far the second line of a folded row is set in. */
const FOLD_INDENT = 4;

type Rows = readonly (readonly string[])[];

/** Draws a table with aligned columns: a line per row, or two on a narrow terminal, below the titles. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: Rows,
  options: TableOptions = {},
): string {
  const { widthMax = Number.POSITIVE_INFINITY } = options;
  const whole = new Line(columns, rows, [...columns.keys()], widthMax);
  const lines = whole.width <= widthMax ? [whole] : foldedLines(columns, rows, widthMax, whole);
  const titles = lines.map((line) => line.titles()).join("\n");
  return [
    options.styleTitles?.(titles) ?? titles,
    ...rows.map((row, index) => lines.map((line) => line.draw(row, index)).join("\n")),
  ].join("\n");
}

function foldedLines(
  columns: readonly TableColumn[],
  rows: Rows,
  widthMax: number,
  whole: Line,
): readonly Line[] {
  const isFolded = (index: number): boolean => columns[index]?.folds === true;
  const [upper, lower] = [
    [...columns.keys()].filter((index) => !isFolded(index)),
    [...columns.keys()].filter(isFolded),
  ];
  if (upper.length === 0 || lower.length === 0) return [whole];
  return [
    new Line(columns, rows, upper, widthMax),
    new Line(columns, rows, lower, widthMax - FOLD_INDENT, FOLD_INDENT),
  ];
}

/** One line of each row: some of the columns, with widths that all rows share. */
class Line {
  readonly #columns: readonly TableColumn[];
  readonly #indexes: readonly number[];
  readonly #widths: readonly number[];
  readonly #indent: string;

  constructor(
    columns: readonly TableColumn[],
    rows: Rows,
    indexes: readonly number[],
    widthMax: number,
    indent = 0,
  ) {
    this.#columns = columns;
    this.#indexes = indexes;
    this.#indent = " ".repeat(indent);
    this.#widths = shrunk(
      indexes.map((index) => naturalWidth(columns, rows, index)),
      indexes.map((index) => columns[index]?.shrinks === true),
      widthMax,
    );
  }

  get width(): number {
    return totalWidth(this.#widths);
  }

  titles(): string {
    return this.#cells(
      this.#columns.map(({ title }) => title),
      (_column, padded) => padded,
    );
  }

  draw(row: readonly string[], rowIndex: number): string {
    return this.#cells(row, (column, padded) => column.style?.(padded, rowIndex) ?? padded);
  }

  #cells(texts: readonly string[], style: (column: TableColumn, padded: string) => string): string {
    const cells = this.#indexes.flatMap((index, place) => {
      const column = this.#columns[index];
      if (column === undefined) return [];
      const width = this.#widths[place] ?? 0;
      const cell = fitToWidth(texts[index] ?? "", width);
      const isLast = place === this.#indexes.length - 1 && column.align !== "right";
      return [style(column, isLast ? cell : padToWidth(cell, width, column.align ?? "left"))];
    });
    return this.#indent + cells.join(GAP).trimEnd();
  }
}

function naturalWidth(columns: readonly TableColumn[], rows: Rows, index: number): number {
  return rows.reduce(
    (width, row) => Math.max(width, textWidth(row[index] ?? "")),
    textWidth(columns[index]?.title ?? ""),
  );
}

/** Takes what is too much from the widest of those that may shrink, as far as they may. */
function shrunk(
  natural: readonly number[],
  shrinks: readonly boolean[],
  widthMax: number,
): readonly number[] {
  const widths = [...natural];
  for (let excess = totalWidth(widths) - widthMax; excess > 0; excess -= 1) {
    let widest: number | undefined;
    for (const [index, width] of widths.entries()) {
      if (shrinks[index] !== true || width <= SHRUNK_WIDTH_MIN) continue;
      if (widest === undefined || width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
}
