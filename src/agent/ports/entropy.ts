/** The agent's only source of chance: jitter and identifiers. Seeded in the simulator (I15). */
export interface Entropy {
  /** A number in [0, 1). */
  random(): number;
}
