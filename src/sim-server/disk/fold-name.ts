/**
 * A name as a disk compares it that ignores letter case (NTFS, APFS): each UTF-16 unit in upper case
 * where that is one unit too. Unicode normalisation is left alone: a name in NFC and its twin in NFD
 * stay two names (D12).
 */
export function foldName(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return name.toUpperCase();
  let folded = "";
  for (let at = 0; at < name.length; at += 1) {
    const unit = name.charAt(at);
    const upper = unit.toUpperCase();
    folded += upper.length === 1 ? upper : unit;
  }
  return folded;
}
