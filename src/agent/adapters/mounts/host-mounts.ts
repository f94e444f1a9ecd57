/** What a host tells about what is mounted where; the simulated PC tells the same. */
export interface HostMounts {
  /**
   * The text of the mount table, in the form of `/proc/self/mountinfo`; undefined where the host has none.
   * With `isNow` as it is at this moment, else perhaps as it was a moment ago. Never throws.
   */
  table(isNow: boolean): string | undefined;
  /** The path without links. */
  realpath(path: string): Promise<string>;
}
