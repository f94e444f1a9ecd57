import type { RowReader } from "../state/row.ts";
import { damagedColumn } from "../state/state-error.ts";

/** Reads a JSON array of addresses out of a column; anything else is a damaged file. */
export function addressList(reader: RowReader, column: string): readonly string[] {
  const value = reader.json(column);
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) {
    throw damagedColumn(column);
  }
  return value;
}
