import { isIP } from "node:net";

/**
 * The names a network knows and the address of each: 203.0.113.1, .2, ... in the order they were
 * added (a range set aside for documentation). A name stays known when nobody listens there any more.
 */
export class NameTable {
  readonly #addresses = new Map<string, string>();

  /** Makes a name known; its address. */
  add(host: string): string {
    const known = this.resolve(host);
    if (known !== undefined) return known;
    const number = this.#addresses.size + 1;
    const address = `203.0.113.${number}`;
    this.#addresses.set(host.toLowerCase(), address);
    return address;
  }

  /** The address of a name, or an address itself; `undefined` when the name is unknown. */
  resolve(host: string): string | undefined {
    return isIP(host) > 0 ? host : this.#addresses.get(host.toLowerCase());
  }
}
