import type { Fault } from "./judgement.ts";

/** The orders of writes that the service told: of two writes the later one has the greater, and each has one alone. */
export class ToldOrders {
  /** By the number that the model gave to the write. */
  #told = new Map<number, number>();

  /** What is wrong with the order that is told of an entry which was written to last at `written`. */
  fault(order: unknown, written: number, place: string): Fault | undefined {
    if (typeof order !== "number") return fault(place, order, "…");
    const known = this.#told.get(written);
    if (known !== undefined) {
      return known === order ? undefined : fault(place, order, String(known));
    }
    for (const [other, itsOrder] of this.#told) {
      if (other < written !== itsOrder < order || itsOrder === order) {
        return fault(place, order, `${other < written ? ">" : "<"} ${itsOrder}`);
      }
    }
    this.#told.set(written, order);
    return undefined;
  }

  /** The service was put back to a state in which these writes were the last ones to its entries. */
  putBack(written: ReadonlySet<number>): void {
    this.#told = new Map([...this.#told].filter(([each]) => written.has(each)));
  }
}

function fault(place: string, found: unknown, due: string): Fault {
  return { found: `${place}writeOrder ${String(found)}`, due: `${place}writeOrder ${due}` };
}
