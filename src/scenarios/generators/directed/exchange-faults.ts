import type { ForeignAnswerName } from "../../../sim-server/faults/foreign-answers.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";

/** On every connection of a run. */
export const EVERY_CONNECTION = { at: "connect", nth: 1, times: "forever" } as const;

/** On every request of a run. */
export const EVERY_REQUEST_503 = { kind: "status", status: 503, times: "forever" } as const;

/** On every request of a run: something in between answers with this in place of the service. */
function foreignAnswers(...answers: readonly ForeignAnswerName[]): readonly RunFaults[] {
  return answers.map((answer) => ({ storage: [{ kind: "foreign", answer, times: "forever" }] }));
}

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
  unavailable: [{ storage: [EVERY_REQUEST_503] }, ...foreignAnswers("bad-gateway-page")],
  blocked: [
    { storage: [{ kind: "block-page", times: "forever" }] },
    ...foreignAnswers(
      "forbidden-page",
      "forbidden-text",
      "forbidden-json",
      "too-large-page",
      "sign-in-page",
      "proxy-sign-in-page",
    ),
  ],
  foreign: foreignAnswers(
    "not-found-page",
    "not-found-text",
    "not-found-json",
    "gone-page",
    "method-page",
    "portal-redirect",
    "portal-redirect-kept",
    "moved-page",
    "portal-page",
    "portal-needed",
    "ok-text",
  ),
  corrupt: [
    { storage: [{ kind: "corrupt-response", times: "forever" }] },
    { storage: [{ kind: "unknown-answer", times: "forever" }] },
    ...foreignAnswers(
      "unknown-problem",
      "other-json",
      "page-as-json",
      "cut-json",
      "empty",
      "no-content",
    ),
  ],
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
  foreign: {
    storage: [{ kind: "foreign", answer: "not-found-page", nth: 1, times: 2 }],
  },
  refused: { network: [{ at: "connect", nth: 1, times: 2, kind: "refused" }] },
} as const satisfies Record<string, RunFaults>;
