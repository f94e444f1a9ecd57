/** How something went away that a job needs. */
export type Loss = "deleted" | "renamed";
