let lastMs = Number.NaN;
let lastText = "";
let lastSecond = Number.NaN;
let lastHttpDate = "";

/** A moment as the contract writes it, `2026-11-21T03:00:00.000Z`. */
export function formatInstant(ms: number): string {
  if (ms !== lastMs) {
    // oxlint-disable-next-line no-restricted-globals -- writes a moment it is given; no clock is read
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}

/** A moment as the `Date` header has it (RFC 9110 section 5.6.7). */
export function formatHttpDate(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) {
    // oxlint-disable-next-line no-restricted-globals -- writes a moment it is given; no clock is read
    lastHttpDate = new Date(second * 1000).toUTCString();
    lastSecond = second;
  }
  return lastHttpDate;
}
