import { z } from "zod";

import { occurrenceSchema } from "./occurrence.ts";
import { message } from "../../messages/message.ts";
import { ownIssueText } from "../input/issue-message.ts";

/** The TLS failures that can be injected, and the one of speaking TLS to a port that has none. */
const TLS_FAILURE_CODES = [
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "EPROTO",
] as const;

/** See `TLS_FAILURE_CODES`. */
export type TlsFailureCode = (typeof TLS_FAILURE_CODES)[number];

const place = {
  /** A fault strikes connections as they are made, counted per host. */
  at: z.literal("connect"),
  /** Which host; any when absent. Connections are then counted over all hosts. */
  host: z.string().min(1).optional(),
  ...occurrenceSchema.shape,
} as const;

/** Counted in one direction: `bytesUp` from the client, `bytesDown` from the server. */
const afterBytes = {
  bytesUp: z.int().min(0).optional(),
  bytesDown: z.int().min(0).optional(),
} as const;

function oneDirection(fault: { bytesUp?: number | undefined; bytesDown?: number | undefined }) {
  return (fault.bytesUp === undefined) !== (fault.bytesDown === undefined);
}

const ONE_DIRECTION: string = ownIssueText(message("input.one-direction"));

/** Milliseconds until Windows gives up connecting to a host that does not answer: three attempts, about 21 seconds. */
export const CONNECT_TIMEOUT_MS = 21_000;

/**
 * A network fault as data. Kinds that spoil the connecting: `refused` (nobody listens), `unresolved`
 * (the name is unknown), `unreachable`, `timeout` (no answer, the host gives up after `afterMs`),
 * `silent` (the host answers, the handshake never ends: only the client's own patience does),
 * `tls-failure`. Kinds that spoil the connection: `reset-after`,
 * `blackhole-after`, `truncate-after` (a regular end, too early), `latency`, `throttle`, and
 * `intercepted` (a security product answers in place of the server, with these very bytes, and ends).
 * Of several that strike one connection, the first that spoils the connecting wins; the others add up.
 */
export const networkFaultSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...place, kind: z.literal("refused") }),
  z.strictObject({ ...place, kind: z.literal("unresolved") }),
  z.strictObject({ ...place, kind: z.literal("unreachable") }),
  z.strictObject({
    ...place,
    kind: z.literal("timeout"),
    afterMs: z.int().min(0).default(CONNECT_TIMEOUT_MS),
  }),
  z.strictObject({ ...place, kind: z.literal("silent") }),
  z.strictObject({
    ...place,
    kind: z.literal("tls-failure"),
    code: z.enum(TLS_FAILURE_CODES).default("DEPTH_ZERO_SELF_SIGNED_CERT"),
  }),
  z
    .strictObject({ ...place, kind: z.literal("reset-after"), ...afterBytes })
    .refine(oneDirection, ONE_DIRECTION),
  z
    .strictObject({ ...place, kind: z.literal("blackhole-after"), ...afterBytes })
    .refine(oneDirection, ONE_DIRECTION),
  z.strictObject({ ...place, kind: z.literal("truncate-after"), bytesDown: z.int().min(0) }),
  z.strictObject({ ...place, kind: z.literal("latency"), latencyMs: z.int().min(1) }),
  z.strictObject({ ...place, kind: z.literal("throttle"), bytesPerSecond: z.int().min(1) }),
  z.strictObject({ ...place, kind: z.literal("intercepted"), answer: z.string() }),
]);

/** See `networkFaultSchema`. */
export type NetworkFault = z.infer<typeof networkFaultSchema>;

/** A fault as a person writes it, defaults left out. */
export type NetworkFaultInput = z.input<typeof networkFaultSchema>;
