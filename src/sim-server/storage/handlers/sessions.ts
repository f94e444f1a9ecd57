import { loginRequestSchema, type Session } from "../../../protocol/http/schemas.ts";
import { administratorFolder } from "../../../protocol/service-path.ts";
import { emptyReply, jsonReply, type Reply } from "../http/reply.ts";
import { formatInstant } from "../http/instant.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext, ServiceState } from "./request-context.ts";
import { jsonBody, sessionOf } from "./request-input.ts";

/** Bytes of chance in a bearer token. */
const TOKEN_BYTES = 32;

/**
 * Logs in (F01) and makes sure the administrator's folder is there (F10). The answer does not tell
 * whether the login ID or the password was wrong.
 */
export async function createSession(context: RequestContext, state: ServiceState): Promise<Reply> {
  const login = await jsonBody(context, loginRequestSchema);
  const account = state.accounts.authenticate(login.loginId, login.password);
  if (account === undefined) {
    throw new ProblemError("invalid-credentials", "Login ID or password is wrong.", {
      headers: { "www-authenticate": 'Bearer realm="azukeru"' },
    });
  }
  const token = state.entropy.randomHex(TOKEN_BYTES);
  const session = state.sessions.begin(token, account, login.deviceName);
  const { contract, loginId, nickname } = account;
  contract.storage.tree.ensureFolder(administratorFolder(loginId), state.clock.nowMs());
  const answer: Session = {
    token,
    expiresAt: formatInstant(state.sessions.endsAtMs(session)),
    loginId,
    nickname,
    edition: contract.terms.edition,
  };
  return jsonReply(201, answer, { "cache-control": "no-store" });
}

/** Logs out (F06). The token is worth nothing from now on. */
export function deleteSession(context: RequestContext, state: ServiceState): Reply {
  state.sessions.end(sessionOf(context).token);
  return emptyReply(204);
}
