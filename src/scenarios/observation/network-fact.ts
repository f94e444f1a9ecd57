import type { ServiceAddress } from "../scenario/step.ts";
import type { NetworkData } from "../scenario/network.ts";

/** The network that the PC is in, as far as its way to the service goes. */
export interface NetworkFact extends NetworkData {
  /** Whether the service is reached by TLS. */
  readonly isSecure: boolean;
  /** The addresses of the service where the PC's tool has something to do: that of its login. */
  readonly serviceAddresses: readonly ServiceAddress[];
}

/** Bytes went from the PC to a place, `host:port`. */
export interface WayFact {
  readonly place: string;
  readonly network: NetworkFact;
}
