import type { IncomingHttpHeaders } from "node:http";

import { acceptedLanguage } from "../http/accepted-language.ts";
import type { RequestBody } from "../http/request-body.ts";
import type { ServiceState } from "../handlers/request-context.ts";
import { flipBit, resealRequest } from "./corruption.ts";
import type { StorageFaultPlan } from "./storage-fault-plan.ts";
import { contentOffset, pathsInBody, pathsInUrl, type UnreadRequest } from "./fault-subject.ts";
import { pathGlob } from "../../faults/path-glob.ts";
import { RequestFaults } from "./request-faults.ts";
import { repeatsSecrets } from "./with-secrets.ts";
import type { StorageFaultKind } from "../../faults/storage-fault.ts";

/** The faults of a request, and how much of it had to be read to find them. */
export interface FaultChoice {
  readonly faults: RequestFaults;
  readonly kinds: readonly StorageFaultKind[];
  readonly paths: readonly string[];
  /** Whether the body has been read whole; what concerns a body on its way does not apply then. */
  readonly bodyIsHere: boolean;
  readonly arrivedBytes: number;
}

/**
 * Finds the faults that are due at a request. A batch or a move is read whole when a fault looks at
 * paths, which stand in its body, and a batch also when a part's content is to be flipped.
 */
export async function chooseFaults(
  plan: StorageFaultPlan,
  state: Pick<ServiceState, "uploads" | "clock" | "accounts" | "sessions">,
  request: UnreadRequest & {
    readonly body: RequestBody;
    readonly headers: IncomingHttpHeaders;
  },
): Promise<FaultChoice> {
  const { uploads, clock } = state;
  const { operationId, body } = request;
  const pathsAreInside = operationId === "batchUpload" || operationId === "moveEntry";
  let bodyIsHere = plan.usesPaths && pathsAreInside;
  const paths = bodyIsHere ? await pathsInBody(operationId, body) : pathsInUrl(request, uploads);
  const due = plan.dueAtRequest({ operationId, paths });
  const faults = new RequestFaults(due, paths, {
    nowMs: () => clock.nowMs(),
    language: acceptedLanguage(request.headers["accept-language"]),
    secrets: due.some(({ fault }) => repeatsSecrets(fault))
      ? secretsOf(request.headers, state)
      : [],
  });
  const corruption = operationId === "batchUpload" ? faults.bodyCorruption() : null;
  if (corruption !== null) {
    bodyIsHere = true;
    const { path, afterBytes = 0 } = corruption.fault;
    const matches = path === undefined ? () => true : pathGlob(path);
    const offset = await contentOffset(body, matches, afterBytes);
    if (offset !== null) {
      corruption.strike();
      const spoilt = flipBit(await body.collect(Number.POSITIVE_INFINITY), offset);
      body.replaceCollected(spoilt);
      if (corruption.fault.resealed === true) resealRequest(request.headers, spoilt);
    }
  }
  return {
    faults,
    kinds: due.map(({ fault }) => fault.kind),
    paths,
    bodyIsHere,
    arrivedBytes: bodyIsHere ? body.receivedBytes : 0,
  };
}

/** The token of a request, and the password of whose it is; of everybody where it has none. */
function secretsOf(
  { authorization = "" }: IncomingHttpHeaders,
  { accounts, sessions }: Pick<ServiceState, "accounts" | "sessions">,
): string[] {
  const token = authorization.replace(/^Bearer /i, "");
  const session = sessions.live().find((each) => each.token === token);
  const owners = session === undefined ? accounts.all() : [session.account];
  const passwords = owners.map(({ loginId }) => accounts.passwordOf(loginId));
  return token === "" ? passwords : [...passwords, token];
}
