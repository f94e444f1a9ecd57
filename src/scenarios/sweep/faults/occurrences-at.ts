/** A fault that strikes at a point, once or from there on. */
export type OccurrenceAt = readonly [
  form: "once" | "on",
  occurrence: { readonly nth: number; readonly times: number | "forever" },
];

/** Both forms of a fault at the nth moment of its place. */
export function occurrencesAt(nth: number): readonly OccurrenceAt[] {
  return [
    ["once", { nth, times: 1 }],
    ["on", { nth, times: "forever" }],
  ];
}
