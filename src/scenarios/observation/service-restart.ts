/** The operator stopped the service and started it again on what it kept. */
export interface ServiceRestart {
  /** All that stood on the service before, one line for each folder, generation and number of a contract. */
  readonly before: readonly string[];
  /** The same afterwards. */
  readonly after: readonly string[];
  /** Why it could not be started; it went on as it was then. */
  readonly failure: string | undefined;
}
