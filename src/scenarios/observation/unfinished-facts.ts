/** Rows of an agent's database that stand for something it has yet to do. */
export interface UnfinishedFacts {
  /** Mails that wait to be sent. */
  readonly mails: number;
  /** Slots that were begun and not reported. */
  readonly slots: number;
  /**
   * Files whose upload was begun and not heard the end of, as far as they stand, as files and under these very
   * names. Of others the note has to stay: the service may have them, and a deletion that is switched on later has
   * to know.
   */
  readonly uploads: number;
  /** Folders in which a restore may have left files, as far as they stand: of others the note has to stay. */
  readonly leftovers: number;
}
