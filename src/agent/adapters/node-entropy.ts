import type { Entropy } from "../ports/entropy.ts";

/** The machine's randomness. */
export class NodeEntropy implements Entropy {
  random(): number {
    return Math.random();
  }
}
