import type { RunFaults } from "../../scenario/run-faults.ts";

/** On every connection of a run. */
export const EVERY_CONNECTION = { at: "connect", nth: 1, times: "forever" } as const;

/** On every request of a run. */
export const EVERY_REQUEST_503 = { kind: "status", status: 503, times: "forever" } as const;

/** Faults that last, by the way in which every exchange of a job fails under them. */
export const LASTING = {
  unreachable: [
    { network: [{ ...EVERY_CONNECTION, kind: "refused" }] },
    { network: [{ ...EVERY_CONNECTION, kind: "unreachable" }] },
    { outage: { kind: "unreachable", afterMs: 0, forMs: "forever" } },
  ],
  unresolved: [
    { network: [{ ...EVERY_CONNECTION, kind: "unresolved" }] },
    { outage: { kind: "unresolved", afterMs: 0, forMs: "forever" } },
  ],
  reset: [
    { network: [{ ...EVERY_CONNECTION, kind: "reset-after", bytesUp: 20 }] },
    { storage: [{ kind: "reset", times: "forever" }] },
  ],
  timeout: [
    { network: [{ ...EVERY_CONNECTION, kind: "silent" }] },
    { network: [{ ...EVERY_CONNECTION, kind: "blackhole-after", bytesUp: 20 }] },
    { storage: [{ kind: "never-answer", times: "forever" }] },
  ],
  unavailable: [{ storage: [EVERY_REQUEST_503] }],
  tls: [
    {
      network: [{ ...EVERY_CONNECTION, kind: "tls-failure", code: "DEPTH_ZERO_SELF_SIGNED_CERT" }],
    },
  ],
} as const satisfies Record<string, readonly RunFaults[]>;

/** Faults that pass when a request is tried again, so that any job ends well after a retry. */
export const PASSING = {
  unavailable: { storage: [{ kind: "status", status: 503, nth: 1, times: 2 }] },
  reset: { storage: [{ kind: "reset", nth: 1, times: 1 }] },
  refused: { network: [{ at: "connect", nth: 1, times: 2, kind: "refused" }] },
} as const satisfies Record<string, RunFaults>;
