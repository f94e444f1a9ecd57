import * as fc from "fast-check";
import { expect, test } from "vitest";

import { nearestSeconds } from "./nearest-seconds.ts";

/** As Node and the disks convert it. */
function keptNs(seconds: number): bigint {
  const whole = Math.floor(seconds);
  return BigInt(whole) * 1_000_000_000n + BigInt(Math.trunc((seconds - whole) * 1e9));
}

function offNs(seconds: number, wantedNs: bigint): bigint {
  const off = keptNs(seconds) - wantedNs;
  return off < 0n ? -off : off;
}

test("no double of seconds comes nearer to the wanted time", () => {
  const times = fc.oneof(
    fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }),
    fc.bigInt({ min: 1_600_000_000_000_000_000n, max: 1_900_000_000_000_000_000n }),
    fc.bigInt({ min: -2_000_000_000n, max: 2_000_000_000n }),
  );
  fc.assert(
    fc.property(times, (wantedNs) => {
      const found = nearestSeconds(wantedNs);
      const gap = Math.max(Math.abs(found), 1e-9) * 2 ** -52;
      for (const other of [-2, -1, -0.5, 0.5, 1, 2].map((factor) => found + factor * gap)) {
        expect(offNs(found, wantedNs)).toBeLessThanOrEqual(offNs(other, wantedNs));
      }
    }),
  );
});

test("today a time comes back within a quarter of a microsecond", () => {
  const today = fc.bigInt({ min: 1_600_000_000_000_000_000n, max: 2_100_000_000_000_000_000n });
  fc.assert(
    fc.property(today, (wantedNs) => {
      expect(Number(offNs(nearestSeconds(wantedNs), wantedNs))).toBeLessThanOrEqual(240);
    }),
  );
});
