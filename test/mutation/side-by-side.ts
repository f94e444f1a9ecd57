/** Lets several workers take what is next from one list, each as soon as it is free. */
export async function sideBySide<Item>(
  items: Iterable<Item>,
  workerCount: number,
  work: (next: Iterable<Item>) => Promise<void>,
): Promise<void> {
  const shared = items[Symbol.iterator]();
  // A loop that ends early would end the list for all.
  const next: Iterable<Item> = { [Symbol.iterator]: () => ({ next: () => shared.next() }) };
  await Promise.all(Array.from({ length: workerCount }, () => work(next)));
}
