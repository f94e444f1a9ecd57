import type { DiskFault } from "../../../sim-server/faults/disk-fault.ts";
import type { FaultPlace } from "../../observation/fault-moment.ts";
import { occurrencesAt } from "./occurrences-at.ts";
import type { NamedFault } from "./strike.ts";

/** Longer than a person waits, shorter than any patience of the tool. */
const DELAY_MS = 700;

const REFUSALS = [
  "access-denied",
  "io-error",
  "not-found",
  "busy",
  "name-too-long",
  "no-space",
] as const satisfies readonly DiskFault["kind"][];

/** Every way in which the nth call of an operation at a path can fail, or come late. */
export function diskFaultsAt(
  { operation, path, below }: Extract<FaultPlace, { layer: "disk" }>,
  nth: number,
): readonly NamedFault[] {
  return occurrencesAt(nth).flatMap(([form, occurrence]) => {
    const place = { operation, path, ...(below === true ? { below } : {}), ...occurrence };
    const refused = REFUSALS.map((kind): NamedFault => [
      `${kind} ${form}`,
      { layer: "disk", fault: { ...place, kind } },
    ]);
    const late: NamedFault = [
      `delay ${form}`,
      { layer: "disk", fault: { ...place, kind: "delay", delayMs: DELAY_MS } },
    ];
    return [...refused, late];
  });
}
