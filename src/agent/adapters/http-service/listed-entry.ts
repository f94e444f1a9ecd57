import { z } from "zod";

import { entrySchema, listingPageSchema } from "../../../protocol/http/schemas.ts";
import type { ListedEntry } from "../../ports/service.ts";

/** A page of a listing whose entries are still to be looked at one by one. */
export const looseListingPageSchema = listingPageSchema.extend({ entries: z.array(z.unknown()) });

const namedSchema = z.looseObject({ path: z.string() });

/** One row of a page; what does not fit the contract is `unknown`, under the path it names. */
export function listedEntry(row: unknown): ListedEntry {
  const entry = entrySchema.safeParse(row);
  if (entry.success) return entry.data;
  const named = namedSchema.safeParse(row);
  return { kind: "unknown", path: named.success ? named.data.path : "" };
}
