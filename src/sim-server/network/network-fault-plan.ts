import {
  networkFaultSchema,
  type NetworkFault,
  type NetworkFaultInput,
} from "../faults/network-fault.ts";

interface Entry {
  readonly fault: NetworkFault;
  seen: number;
  hits: number;
}

/** The faults of a network and how often each has struck. A fault counts from when it is added. */
export class FaultTable {
  #entries: Entry[] = [];

  /** Adds a fault; throws when it is not one. */
  add(fault: NetworkFaultInput): void {
    this.#entries.push({ fault: networkFaultSchema.parse(fault), seen: 0, hits: 0 });
  }

  /** Ends all faults. Connections already spoilt stay so. */
  clear(): void {
    this.#entries = [];
  }

  /** The faults with the number of connections each has struck, in the order they were added. */
  counts(): readonly { readonly fault: NetworkFault; readonly hits: number }[] {
    return this.#entries.map(({ fault, hits }) => ({ fault, hits }));
  }

  /** Counts one more connection to `host`; gives the faults that strike it. */
  strike(host: string): readonly NetworkFault[] {
    const struck: NetworkFault[] = [];
    for (const entry of this.#entries) {
      const { fault } = entry;
      if (fault.host !== undefined && fault.host !== host) continue;
      entry.seen += 1;
      const last = fault.times === "forever" ? Infinity : fault.nth + fault.times - 1;
      if (entry.seen < fault.nth || entry.seen > last) continue;
      entry.hits += 1;
      struck.push(fault);
    }
    return struck;
  }
}
