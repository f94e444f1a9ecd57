/**
 * What Node calls a zone that it does not know, as of an empty `TZ`; of a `TZ` with a wrong name it gives
 * none at all. Both count as UTC; no API takes this name.
 */
const UNKNOWN_ZONE = "Etc/Unknown";

/**
 * The IANA name of the PC's time zone as it is set at this moment.
 *
 * A running Node asks the operating system once and keeps the answer: a zone that is changed in the
 * system's settings is seen neither by `Date` nor by `Intl`, however long the process waits. Every
 * change of `process.env.TZ` makes it ask again, even taking a `TZ` away that is not there. With a
 * `TZ` that is set the zone is what it says, and stays so.
 */
export function systemZone(): string {
  if (process.env["TZ"] === undefined) delete process.env["TZ"];
  const options: Partial<Intl.ResolvedDateTimeFormatOptions> =
    new Intl.DateTimeFormat().resolvedOptions();
  const { timeZone = UNKNOWN_ZONE } = options;
  return timeZone === UNKNOWN_ZONE ? "UTC" : timeZone;
}
