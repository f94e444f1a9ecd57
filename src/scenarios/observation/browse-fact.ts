/** What somebody saw who turned the pages of a folder on the service, to the last and one page further. */
export interface BrowseFact {
  readonly folder: string;
  /** What truly stands in it: kind and path. */
  readonly standing: readonly string[];
  readonly pages: readonly {
    /** Kind and path. */
    readonly entries: readonly string[];
    readonly isLast: boolean;
    readonly entryCount: number;
  }[];
}
