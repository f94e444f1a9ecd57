/** What a customer is told about one cause, in one language. */
export interface CauseSentences {
  /** What happened and why. */
  readonly cause: string;
  /** What to do about it; for a cause that is no problem, that nothing needs doing. */
  readonly remedy: string;
}

/** What a customer is told about one cause. Whole sentences, to be shown as they are. */
export interface CauseText {
  readonly ja: CauseSentences;
  readonly en: CauseSentences;
}
