const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";

/** The three forms a recipient has to take (RFC 9110 section 5.6.7): IMF-fixdate, RFC 850, asctime. */
const FORMS = [
  `[A-Z][a-z]{2}, (?<day>\\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\\d{4}) ${TIME} GMT`,
  `[A-Z][a-z]{5,8}, (?<day>\\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\\d{2}) ${TIME} GMT`,
  `[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`));

/** The moment of an HTTP date, in milliseconds since 1970; undefined for a text that is none. */
export function parseHttpDate(text: string): number | undefined {
  for (const form of FORMS) {
    const { groups } = form.exec(text) ?? {};
    if (groups === undefined) continue;
    const { year = "", month = "", day = "", hour = "", minute = "", second = "" } = groups;
    const monthIndex = MONTHS.indexOf(month);
    // RFC 850 has two digits. This tool knows no service older than 2000.
    const fullYear = Number(year) + (year.length === 2 ? 2000 : 0);
    const dayMs = Date.UTC(fullYear, monthIndex, Number(day));
    // oxlint-disable-next-line no-restricted-globals -- reads a day it is given; no clock is read
    const isDay = monthIndex >= 0 && new Date(dayMs).getUTCDate() === Number(day);
    // A leap second is the 60th.
    const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
    const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
    return isDay && isTime ? dayMs + seconds * 1000 : undefined;
  }
  return undefined;
}
