/**
 * Drops as much of a list as goes: half of it, then quarters, down to single items, from its end. `drop` tries to do
 * without the items from one place up to another and says whether it went; `count` is how many there are by now.
 */
export async function dropChunks(
  count: () => number,
  drop: (from: number, to: number) => Promise<boolean>,
): Promise<void> {
  for (let size = count(); size >= 1; size = Math.floor(size / 2))
    for (let to = count(); to > 0; to = Math.min(to - size, count()))
      await drop(Math.max(0, to - size), to);
}
