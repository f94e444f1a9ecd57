/** Reads a JSON array of addresses out of a column; anything else is a broken database. */
export function addressList(text: string): readonly string[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) {
    throw new TypeError("a list of addresses is no array of texts");
  }
  return value;
}
