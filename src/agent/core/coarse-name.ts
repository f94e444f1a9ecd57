/**
 * One spelling for all names that some disk may take for one (letter case, normalisation): names that
 * differ in this are told apart by every disk (D12).
 */
export function coarseName(name: string): string {
  return name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}
