import type { NetworkData } from "../scenario/network.ts";

/** The network that the PC is in, as far as its way to the service goes. */
export interface NetworkFact extends NetworkData {
  /** Whether the service is reached by TLS. */
  readonly isSecure: boolean;
}

/** Bytes went from the PC to a place, `host:port`. */
export interface WayFact {
  readonly place: string;
  readonly network: NetworkFact;
}
