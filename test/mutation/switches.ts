/*
 * What the instrumented copy asks at every place where there is a mutant. It is asked a million times in a run: the
 * helpers that StrykerJS would write into each file count at each of them, those here only where that is wanted.
 */

/** Which mutant is active, and what was reached. Numbers are the ids of mutants. */
interface Switches {
  /** -1: none. */
  activeMutant: number;
  /** How often the active mutant was reached. */
  hitCount: number;
  /** Beyond it the active mutant throws, which ends most endless loops. */
  hitCountMax: number;
  /** Of each mutant, how often it was reached; undefined: not counted. */
  hits: Uint32Array | undefined;
}

const shared = globalThis as { mutationSwitches?: Switches };

/** The switches of this thread. They are global: who reads this module by another loader has to turn the same ones. */
export const switches: Switches = (shared.mutationSwitches ??= {
  activeMutant: -1,
  hitCount: 0,
  hitCountMax: Infinity,
  hits: undefined,
});

/**
 * Whether a mutant is active. The name is the one by which StrykerJS calls it.
 *
 * @public called by the instrumented copy
 */
export function stryMutAct_9fa48(id: number): boolean {
  if (switches.activeMutant !== id) return false;
  switches.hitCount += 1;
  if (switches.hitCount > switches.hitCountMax) {
    throw new Error(`the mutant was reached more than ${switches.hitCountMax} times`);
  }
  return true;
}

/**
 * Notes that mutants were reached while none of them is active. The name is StrykerJS's.
 *
 * @public called by the instrumented copy
 */
export function stryCov_9fa48(...ids: readonly number[]): void {
  const { hits } = switches;
  if (hits === undefined) return;
  for (const id of ids) hits[id] = (hits[id] ?? 0) + 1;
}
