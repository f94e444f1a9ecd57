/** A moment as mails write it: the local date and time of a zone, to the second (`2026/11/27 22:00:00`). */
export function mailTime(zone: string, atMs: number): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  })
    .format(atMs)
    .replaceAll("-", "/");
}
