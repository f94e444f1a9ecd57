import type { SqlRow } from "../ports/database.ts";

/** Reads columns with the type the schema gives them; another type is a broken database. */
export class RowReader {
  readonly #row: SqlRow;

  constructor(row: SqlRow) {
    this.#row = row;
  }

  text(column: string): string {
    const value = this.#row[column];
    if (typeof value !== "string") throw new TypeError(`column ${column} is no text`);
    return value;
  }

  textOrNull(column: string): string | null {
    return this.#row[column] === null ? null : this.text(column);
  }

  number(column: string): number {
    const value = this.#row[column];
    if (typeof value !== "number") throw new TypeError(`column ${column} is no number`);
    return value;
  }

  numberOrNull(column: string): number | null {
    return this.#row[column] === null ? null : this.number(column);
  }
}
