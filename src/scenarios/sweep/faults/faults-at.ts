import { diskFaultsAt } from "./disk-faults-at.ts";
import { mailFaultsAt } from "./mail-faults-at.ts";
import { networkFaultsAt } from "./network-faults-at.ts";
import { storageFaultsAt } from "./storage-faults-at.ts";
import type { PlacedPoint } from "./count-fault-points.ts";
import type { NamedFault, Strike } from "./strike.ts";

/** What ends a process, or a job; the state disk is full from there on. */
const ENDS = [
  "kill",
  "power-loss",
  "fill-state-disk",
  "interrupt",
  "logout",
  "close-tool",
] as const;

/** Whatever can go wrong at a point, one fault at a time. */
export function strikesAt(point: PlacedPoint): readonly Strike[] {
  const { step, layer, number, what, elapsedMs } = point;
  return faultsAt(point).map(([name, placed]) => ({
    point: { step, layer, number, what, elapsedMs },
    name,
    placed,
  }));
}

function faultsAt({ at, nth }: PlacedPoint): readonly NamedFault[] {
  switch (at.layer) {
    case "disk":
      return diskFaultsAt(at, nth);
    case "storage":
      return storageFaultsAt(at, nth);
    case "network":
      return networkFaultsAt(at, nth);
    case "mail":
      return mailFaultsAt(at, nth);
    case "memory":
      // Memory that ran out comes back only when somebody gives it back.
      return [["out on", { layer: "memory", fault: { activity: at.activity, nth } }]];
    case "process":
      return ENDS.map((kind): NamedFault => [
        kind,
        { layer: "process", fault: { when: { at: "io", nth }, what: { do: kind } } },
      ]);
  }
}
