import type { RequestHandler } from "express";

import { message, type Message } from "../../messages/message.ts";
import { ProblemError } from "../storage/http/problem-error.ts";

/** Who may use the control interface. */
export interface ControlAccess {
  /** The address the server was told to listen on. */
  readonly host?: string;
  /**
   * Further names or addresses under which it is asked for, without port. Naming one lets other
   * machines in. Default: none, and this machine only.
   */
  readonly remoteHosts?: readonly string[];
}

/** Names of this machine that no name server is asked for (RFC 6761 section 6.3), and its addresses. */
const LOOPBACK_HOST = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.|^::1$/;

/**
 * Refuses with 403 whatever a web page could have sent, since the control interface has no password
 * and every page a person looks at can reach this machine. A page's request carries an `Origin` or a
 * `Sec-Fetch-Site` that is another's, or the page got a name of its own to point here and then it is
 * in `Host`. Other machines are refused as long as no name for them is known.
 */
export function controlAccess({ host, remoteHosts = [] }: ControlAccess): RequestHandler {
  const known = new Set([host, ...remoteHosts].flatMap((each) => (each ? [hostName(each)] : [])));
  return (request, response, next) => {
    response.set({
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
    const asked = request.headers.host ?? "";
    const name = hostName(asked);
    if (!LOOPBACK_HOST.test(name) && !known.has(name)) {
      throw refusal(message("control.other-host", { host: JSON.stringify(asked) }));
    }
    if (remoteHosts.length === 0 && !LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? "")) {
      throw refusal(message("control.this-machine"));
    }
    const { origin } = request.headers;
    const site = request.get("sec-fetch-site") ?? "none";
    const isForeign = origin !== undefined && origin !== `${request.protocol}://${asked}`;
    if (isForeign || (site !== "none" && site !== "same-origin")) {
      throw refusal(message("control.other-origin"));
    }
    next();
  };
}

/** A host without its port, as it is compared: lower-case, an IPv6 address in brackets. */
function hostName(host: string): string {
  const name = host.toLowerCase();
  const isBareAddress = name.split(":").length > 2 && !name.startsWith("[");
  return isBareAddress ? `[${name}]` : name.replace(/:\d*$/, "");
}

function refusal(detail: Message): ProblemError {
  return new ProblemError("access-refused", detail);
}
