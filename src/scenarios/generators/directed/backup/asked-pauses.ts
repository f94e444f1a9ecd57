import * as fc from "fast-check";

import type { OperationId } from "../../../../protocol/http/operation-ids.ts";
import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { pcOf } from "../../pc-of.ts";
import { directedScenario, SECOND, surroundingsArbitrary } from "../directed-scenario.ts";

/** Seconds: more than the tool waits by itself at first. */
const PAUSES = [20, 45, 90] as const;

/** So much the PC's clock is wrong: a date that the service names is of the service's own clock. */
const WRONG_BY_MS = [0, -2 * 3_600_000, 2 * 3_600_000] as const;

/** The service asks for a pause, once or twice, at some operation, as a number of seconds or as a date. */
const asking = (operations: readonly OperationId[]): fc.Arbitrary<RunFaults> =>
  fc
    .record({
      operation: fc.constantFrom(...operations),
      status: fc.constantFrom(429, 503),
      retryAfterSeconds: fc.constantFrom(...PAUSES),
      times: fc.integer({ min: 1, max: 2 }),
    })
    .map(({ operation, ...fault }) => ({
      storage: [{ kind: "status", operation: [operation], ...fault }],
    }));

/** Backups, a deletion and a restore in which the service asks for pauses, by both forms of Retry-After, also of a PC whose clock is wrong. */
export const askedPausesArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    asking(["getFolder", "putFile", "batchUpload"]),
    asking(["deleteFile"]),
    asking(["getFolder", "getFile"]),
    fc.boolean(),
    fc.constantFrom(...WRONG_BY_MS),
  )
  .map(([around, backup, deletion, restore, isDateFirst, byMs]) => {
    const inForm = (faults: RunFaults, isDate: boolean): RunFaults => ({
      storage: (faults.storage ?? []).map((fault) =>
        fault.kind === "status" && isDate ? { ...fault, retryAfterForm: "date" as const } : fault,
      ),
    });
    const { disk, pc } = pcOf("windows-11");
    return directedScenario(around, {
      compareDelete: true,
      ...(byMs !== 0 && { disk, pc }),
      timeline: [
        ...(byMs === 0 ? [] : [{ do: "set-clock" as const, byMs }]),
        { do: "backup", faults: inForm(backup, isDateFirst) },
        { do: "delete", path: SECOND },
        { do: "backup", faults: inForm(deletion, !isDateFirst) },
        { do: "write", path: SECOND, content: { size: 77, seed: 7 } },
        { do: "backup", faults: inForm(backup, !isDateFirst) },
        {
          do: "restore",
          from: { source: 0 },
          to: "/restored",
          faults: inForm(restore, isDateFirst),
        },
      ],
    });
  });
