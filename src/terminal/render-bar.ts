/** A bar of `width` cells for a share of 0 to 1; anything above nothing shows at least one cell. */
export function renderBar(share: number, width: number): string {
  const bounded = Math.min(1, Math.max(0, share));
  const filled = bounded === 0 ? 0 : Math.max(1, Math.floor(bounded * width));
  return "█".repeat(filled) + "░".repeat(width - filled);
}
