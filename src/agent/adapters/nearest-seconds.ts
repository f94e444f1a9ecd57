const NS_PER_S = 1_000_000_000n;

/**
 * The seconds to hand to Node's `utimes` so that the disk keeps the time nearest to `wantedNs`.
 * Node takes a double and cuts what is left of it to whole nanoseconds, so the double next to the
 * quotient may come nearer than the quotient itself.
 */
export function nearestSeconds(wantedNs: bigint): number {
  const quotient = Number(wantedNs / NS_PER_S) + Number(wantedNs % NS_PER_S) / 1e9;
  const gap = gapAt(quotient);
  const candidates = [quotient, quotient - gap, quotient + gap];
  return candidates.reduce((best, next) =>
    distance(next, wantedNs) < distance(best, wantedNs) ? next : best,
  );
}

/** The nanoseconds that a disk keeps for a double of seconds, as Node converts it. */
function keptNs(seconds: number): bigint {
  const whole = Math.floor(seconds);
  return BigInt(whole) * NS_PER_S + BigInt(Math.trunc((seconds - whole) * 1e9));
}

function distance(seconds: number, wantedNs: bigint): bigint {
  const off = keptNs(seconds) - wantedNs;
  return off < 0n ? -off : off;
}

/** The distance between doubles of this size. */
function gapAt(seconds: number): number {
  const exponent = Math.floor(Math.log2(Math.max(Math.abs(seconds), 2 ** -1000)));
  return 2 ** (exponent - 52);
}
