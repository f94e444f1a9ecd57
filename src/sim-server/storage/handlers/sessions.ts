import { message } from "../../../messages/message.ts";
import { loginRequestSchema, type Session } from "../../../protocol/http/schemas.ts";
import { administratorFolder } from "../../../protocol/service-path.ts";
import { emptyReply, jsonReply, type Reply } from "../http/reply.ts";
import { formatInstant } from "../http/instant.ts";
import { ProblemError } from "../http/problem-error.ts";
import { drawCaptcha } from "../captcha/draw-captcha.ts";
import type { RequestContext, ServiceState } from "./request-context.ts";
import { jsonBody, sessionOf } from "./request-input.ts";

/** Bytes of chance in a bearer token. */
const TOKEN_BYTES = 32;

/**
 * Logs in (F01) and makes sure the administrator's folder is there (F10). After several wrong passwords
 * in a row a CAPTCHA has to be answered before the password is looked at (F02). Nothing tells whether the
 * login ID or the password was wrong.
 */
export async function createSession(context: RequestContext, state: ServiceState): Promise<Reply> {
  const login = await jsonBody(context, loginRequestSchema);
  const { captchas } = state;
  if (captchas.isRequired(login.loginId)) {
    if (login.captcha === undefined) throw captchaProblem("captcha-required", login.loginId, state);
    const isRight = captchas.use(login.loginId, login.captcha);
    if (!isRight) throw captchaProblem("captcha-wrong", login.loginId, state);
  }
  const account = state.accounts.authenticate(login.loginId, login.password);
  if (account === undefined) {
    captchas.noteWrongPassword(login.loginId);
    throw new ProblemError("invalid-credentials", message("request.wrong-credentials"), {
      headers: { "www-authenticate": 'Bearer realm="azukeru"' },
    });
  }
  const token = state.entropy.randomHex(TOKEN_BYTES);
  const session = state.sessions.begin(token, account, login.deviceName);
  captchas.noteLogin(login.loginId);
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

/** The refusal with a new CAPTCHA. */
function captchaProblem(
  code: "captcha-required" | "captcha-wrong",
  loginId: string,
  { captchas, entropy }: ServiceState,
): ProblemError {
  const { challengeId, answer, endsAtMs } = captchas.begin(loginId);
  const svg = Buffer.from(drawCaptcha(answer, entropy)).toString("base64");
  return new ProblemError(code, message(`request.${code}`), {
    extensions: {
      challengeId,
      image: `data:image/svg+xml;base64,${svg}`,
      expiresAt: formatInstant(endsAtMs),
    },
    headers: { "cache-control": "no-store" },
  });
}

/** Logs out (F06). The token is worth nothing from now on. */
export function deleteSession(context: RequestContext, state: ServiceState): Reply {
  state.sessions.end(sessionOf(context).token);
  return emptyReply(204);
}
