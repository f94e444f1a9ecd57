/** In what two names may differ and be one name to a disk. */
export interface NameBlindness {
  /** Letter case (NTFS, APFS). */
  readonly toCase: boolean;
  /** Unicode normalisation (APFS): a name in NFC and its twin in NFD are one. */
  readonly toForm: boolean;
}

/**
 * A name as a disk compares it that is blind to something: each UTF-16 unit in upper case where that is
 * one unit too, canonical decomposition.
 */
export function foldName(name: string, { toCase, toForm }: NameBlindness): string {
  if (/^[\x20-\x7e]*$/.test(name)) return toCase ? name.toUpperCase() : name;
  const decomposed = toForm ? name.normalize("NFD") : name;
  if (!toCase) return decomposed;
  let folded = "";
  for (let at = 0; at < decomposed.length; at += 1) {
    const unit = decomposed.charAt(at);
    const upper = unit.toUpperCase();
    folded += upper.length === 1 ? upper : unit;
  }
  return folded;
}
