/** The metamorphic relations by their names. */
export const RELATION_NAMES = [
  "other-sizes",
  "other-parallelism",
  "other-order",
  "restart-between",
  "joined-sources",
  "split-source",
  "another-edition",
  "healed-faults",
] as const;

/** One of {@link RELATION_NAMES}. */
export type RelationName = (typeof RELATION_NAMES)[number];
