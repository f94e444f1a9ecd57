import type { NetworkFault } from "../../../sim-server/faults/network-fault.ts";
import type { FaultPlace } from "../../observation/fault-moment.ts";
import { occurrencesAt } from "./occurrences-at.ts";
import type { NamedFault } from "./strike.ts";

/** A fault without the place and the moments at which it strikes. */
type Kind = NetworkFault extends infer One ? (One extends unknown ? Bare<One> : never) : never;
type Bare<One> = Omit<One, "at" | "host" | "nth" | "times">;

const TLS_CODES = [
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "EPROTO",
] as const;

/** Before anything, within the head of the first message, within its body or the next one, and far behind. */
const CUT_BYTES = [0, 40, 400, 1500, 5000] as const;

const PORTAL =
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<p>sign in</p";
const BLOCKED =
  "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 7\r\nConnection: close\r\n\r\nblocked";

/** What only a handshake can come to. */
const TLS_KINDS: readonly (readonly [name: string, kind: Kind])[] = TLS_CODES.map((code) => [
  `tls-${code}`,
  { kind: "tls-failure", code },
]);

const KINDS: readonly (readonly [name: string, kind: Kind])[] = [
  ["refused", { kind: "refused" }],
  ["unresolved", { kind: "unresolved" }],
  ["unreachable", { kind: "unreachable" }],
  ["timeout", { kind: "timeout", afterMs: 21_000 }],
  ["silent", { kind: "silent" }],
  ...CUT_BYTES.flatMap((bytes): (readonly [string, Kind])[] => [
    [`reset-up-${bytes}`, { kind: "reset-after", bytesUp: bytes }],
    [`reset-down-${bytes}`, { kind: "reset-after", bytesDown: bytes }],
    [`blackhole-up-${bytes}`, { kind: "blackhole-after", bytesUp: bytes }],
    [`blackhole-down-${bytes}`, { kind: "blackhole-after", bytesDown: bytes }],
    [`truncate-${bytes}`, { kind: "truncate-after", bytesDown: bytes }],
  ]),
  ["latency", { kind: "latency", latencyMs: 200 }],
  ["throttle", { kind: "throttle", bytesPerSecond: 30_000 }],
  ["intercepted-page", { kind: "intercepted", answer: PORTAL }],
  ["intercepted-block", { kind: "intercepted", answer: BLOCKED }],
  ["intercepted-noise", { kind: "intercepted", answer: "\u0000\u0001 no protocol\r\n" }],
];

/** Everything that can come of the nth connection to a host. */
export function networkFaultsAt(
  { host, isSecure }: Extract<FaultPlace, { layer: "network" }>,
  nth: number,
): readonly NamedFault[] {
  return occurrencesAt(nth).flatMap(([form, occurrence]) =>
    [...KINDS, ...(isSecure ? TLS_KINDS : [])].map(([name, kind]): NamedFault => {
      const fault = { at: "connect", host, ...occurrence, ...kind } as NetworkFault;
      return [`${name} ${form}`, { layer: "network", fault }];
    }),
  );
}
