import type { SqlRow } from "../ports/database.ts";
import { damagedColumn } from "./state-error.ts";

/** Reads columns with the type the schema gives them; another type is a damaged file (`state-damaged`). */
export class RowReader {
  readonly #row: SqlRow;

  constructor(row: SqlRow) {
    this.#row = row;
  }

  text(column: string): string {
    const value = this.#row[column];
    if (typeof value !== "string") throw damagedColumn(column);
    return value;
  }

  textOrNull(column: string): string | null {
    return this.#row[column] === null ? null : this.text(column);
  }

  number(column: string): number {
    const value = this.#row[column];
    if (typeof value !== "number") throw damagedColumn(column);
    return value;
  }

  /** A number of nanoseconds, which is kept as text. */
  bigint(column: string): bigint {
    const text = this.text(column);
    if (!/^-?\d+$/.test(text)) throw damagedColumn(column);
    return BigInt(text);
  }

  /** JSON that the tool wrote itself, so that its shape is known. */
  json(column: string): unknown {
    try {
      return JSON.parse(this.text(column)) as unknown;
    } catch (error) {
      if (error instanceof SyntaxError) throw damagedColumn(column);
      throw error;
    }
  }

  numberOrNull(column: string): number | null {
    return this.#row[column] === null ? null : this.number(column);
  }
}
