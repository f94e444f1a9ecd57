import { expect, test } from "vitest";

import type { NetworkFact } from "../../observation/network-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { goesTheWay } from "./goes-the-way.ts";

const PROXIED = { environment: { HTTP_PROXY: "http://proxy.example:3128" } };

function violationsOf(place: string, network: Partial<NetworkFact>): number {
  const fact = { isSecure: false, serviceAddresses: ["first"], ...network } as const;
  return goesTheWay({ ways: [{ place, network: fact }] } as unknown as RunRecord).length;
}

test.each<[string, string, Partial<NetworkFact>, number]>([
  ["to the address of the login", "backup.example:80", {}, 0],
  ["to the address of an earlier login", "second.example:80", {}, 1],
  [
    "to a new address while somebody logs in",
    "second.example:80",
    { serviceAddresses: ["first", "second"] },
    0,
  ],
  ["past the proxy", "backup.example:80", PROXIED, 1],
  ["through the proxy", "proxy.example:3128", PROXIED, 0],
  ["through a proxy that nobody named", "proxy.example:3128", {}, 1],
  ["to the mail server", "smtp.example:587", PROXIED, 0],
])("what goes %s", (_, place, network, count) => {
  expect(violationsOf(place, network)).toBe(count);
});
