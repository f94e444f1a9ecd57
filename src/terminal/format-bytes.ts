const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** A size for people, `104.2MB` or `24MB`; the product counts 1 GB as 1024 MB. Bytes are shown exactly. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  // 1023.95 would be shown as "1024.0", so it belongs to the next unit already.
  while (value >= (unit === 0 ? 1024 : 1023.95) && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 ? String(value) : value.toFixed(1).replace(/\.0$/, "");
  return `${digits}${UNITS[unit] ?? ""}`;
}

/** A count for people, `12,345`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
