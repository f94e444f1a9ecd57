/*
 * A device id is what a disk calls the file system that a path is on and, where the host tells, the place of
 * that file system which is mounted there: `FILE_SYSTEM`, or `FILE_SYSTEM:PLACE` (ports/source-disk.ts).
 */

/** The file system of a device id: what file ids are unique on. */
export function fileSystemOf(deviceId: string): string {
  const end = deviceId.indexOf(":");
  return end === -1 ? deviceId : deviceId.slice(0, end);
}

/** Whether a device id says which place of its file system is mounted. */
function hasPlace(deviceId: string): boolean {
  return deviceId.includes(":");
}

/**
 * Whether two ids are of one device (D15). An id without a place, as of a host that does not tell or an
 * older agent, is of any place of its file system.
 */
export function isSameDevice(one: string, other: string): boolean {
  if (one === other) return true;
  if (hasPlace(one) && hasPlace(other)) return false;
  return fileSystemOf(one) === fileSystemOf(other);
}

/** Whether `now` is of the same device as `before` and says a place, which `before` does not. */
export function isNowExact(before: string, now: string): boolean {
  return hasPlace(now) && !hasPlace(before) && isSameDevice(before, now);
}
