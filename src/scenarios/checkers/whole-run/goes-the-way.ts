import type { RunRecord } from "../../observation/run-record.ts";
import { isProxied } from "../shared/way-trouble.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

/**
 * The invariant `way`: the agent on the PC reaches the service through the proxy that the environment names,
 * and no other way; where it names none, or the service as one that is reached directly, it does not go
 * there. It goes to the address of its login and no other, whoever logged in there. Does not verify mail, which never goes through a proxy.
 */
export function goesTheWay({ ways }: RunRecord): Violation[] {
  return ways.flatMap(({ place, network }): Violation[] => {
    const port = network.isSecure ? 443 : 80;
    const service = ADDRESSES.find((address) => place === `${HOSTS[address]}:${port}`);
    const isElsewhere = service !== undefined && !network.serviceAddresses.includes(service);
    const isWrong =
      isElsewhere || (isProxied(network) ? service !== undefined : place === "proxy.example:3128");
    if (!isWrong) return [];
    const environment = JSON.stringify(network.environment ?? {});
    return [
      { invariant: "way", message: message("checked-run.wrong-way", { place, environment }) },
    ];
  });
}

const ADDRESSES = ["first", "second"] as const;

/** The names of the service. */
const HOSTS = { first: "backup.example", second: "second.example" } as const;
