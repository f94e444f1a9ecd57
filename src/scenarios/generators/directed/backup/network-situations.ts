import * as fc from "fast-check";

import { PROXY_URL, type NetworkData } from "../../../scenario/network.ts";
import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { directedScenario, SECOND, surroundingsArbitrary, TARGET } from "../directed-scenario.ts";
import { EVERY_CONNECTION } from "../exchange-faults.ts";

const ALL_TIMES = { ...EVERY_CONNECTION, host: "proxy.example" } as const;
const SOMETIMES = { at: "connect", times: 1, host: "proxy.example" } as const;

/** What a proxy says to whoever asks it for a way. */
function refused(status: string): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`;
}

/** What goes wrong at a proxy, or on the way to it or behind it. */
const PROXY_TROUBLES: readonly RunFaults[] = [
  {},
  ...["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway", "504 Timeout"].map(
    (status): RunFaults => ({
      network: [{ ...ALL_TIMES, kind: "intercepted", answer: refused(status) }],
    }),
  ),
  { network: [{ ...SOMETIMES, nth: 1, kind: "intercepted", answer: refused("503 Not Now") }] },
  { network: [{ ...SOMETIMES, nth: 1, kind: "intercepted", answer: refused("404 Not Found") }] },
  { network: [{ ...ALL_TIMES, kind: "refused" }] },
  { network: [{ ...ALL_TIMES, kind: "unresolved" }] },
  { network: [{ ...ALL_TIMES, kind: "unreachable" }] },
  { network: [{ ...ALL_TIMES, kind: "silent" }] },
  { network: [{ ...SOMETIMES, nth: 2, kind: "refused" }] },
  // It dies under what passes through it, and comes back.
  { network: [{ ...SOMETIMES, nth: 1, kind: "reset-after", bytesDown: 300 }] },
  { network: [{ ...SOMETIMES, nth: 1, kind: "blackhole-after", bytesUp: 500 }] },
  { network: [{ ...ALL_TIMES, kind: "reset-after", bytesUp: 20 }] },
];

/** How an environment says that the proxy is to be used, or is not. */
function environments(isSecure: boolean): readonly NetworkData["environment"][] {
  const own = isSecure ? "HTTPS_PROXY" : "HTTP_PROXY";
  const other = isSecure ? "HTTP_PROXY" : "HTTPS_PROXY";
  return [
    { [own]: PROXY_URL },
    { [own]: PROXY_URL },
    { ALL_PROXY: PROXY_URL },
    { [own]: "proxy.example:3128" },
    { [own]: PROXY_URL, NO_PROXY: "other.example,.internal" },
    { [other]: PROXY_URL },
    { [own]: PROXY_URL, NO_PROXY: "other.example, backup.example" },
    { ALL_PROXY: PROXY_URL, NO_PROXY: ".example" },
    { [own]: PROXY_URL, NO_PROXY: "*" },
  ];
}

/** Work of all three kinds under these faults, and once more without. */
function work(faults: RunFaults): readonly Step[] {
  const restore = { do: "restore", from: { source: 0 }, to: "/restored" } as const;
  return [
    { do: "write", path: TARGET, content: { size: 700, seed: 91 } },
    { do: "delete", path: SECOND },
    { do: "backup", faults },
    { ...restore, faults },
    { do: "backup" },
    restore,
  ];
}

/** The environment names a proxy, from the beginning or from some day on. */
export const proxiedArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(surroundingsArbitrary(false), fc.boolean(), fc.boolean(), fc.boolean())
  .chain(([around, secure, isThere, compareDelete]) =>
    fc
      .tuple(fc.constantFrom(...environments(secure)), fc.constantFrom(...PROXY_TROUBLES))
      .map(([environment, faults]) =>
        directedScenario(around, {
          secure,
          compareDelete,
          ...(isThere && { network: { environment } }),
          timeline: [
            { do: "backup" },
            ...(isThere ? [] : [{ do: "set-network", environment } as const]),
            ...work(faults),
          ],
        }),
      ),
  );

/**
 * A gateway of the company begins to look into TLS: its root is in the PC's trust store, is put there later,
 * or has expired certificates. What goes through a proxy is looked into as well.
 */
export const inspectedArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.record({ isTrusted: fc.boolean(), isExpired: fc.constantFrom(false, false, true) }),
    fc.boolean(),
    fc.boolean(),
    fc.constantFrom(true, true, true, false),
  )
  .map(([around, inspection, isProxied, compareDelete, secure]) => {
    const network: NetworkData = isProxied ? { environment: { ALL_PROXY: PROXY_URL } } : {};
    return directedScenario(around, {
      secure,
      compareDelete,
      network,
      timeline: [
        { do: "backup" },
        { do: "set-network", ...network, inspection },
        ...work({}),
        // Whoever looks after the PC puts the root into its trust store.
        { do: "set-network", ...network, inspection: { isTrusted: true } },
        ...work({}),
      ],
    });
  });
