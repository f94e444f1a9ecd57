import { sessionSchema, type CaptchaAnswer, type Session } from "../../../protocol/http/schemas.ts";
import type { SessionService } from "../../ports/service.ts";
import type { HttpConnection } from "./http-connection.ts";
import { problemOf, readAnswer, readDone } from "./read-answer.ts";
import { message } from "../../../messages/message.ts";

/** Login and logout over HTTP. */
export class HttpSessionService implements SessionService {
  readonly #connection: HttpConnection;

  constructor(connection: HttpConnection) {
    this.#connection = connection;
  }

  async login(
    loginId: string,
    password: string,
    deviceName: string,
    captcha?: CaptchaAnswer,
  ): Promise<Session> {
    const what = message("exchange.logging-in", { loginId });
    const body = Buffer.from(JSON.stringify({ loginId, password, deviceName, captcha }));
    const answer = await this.#connection.exchange(
      {
        method: "POST",
        path: "/v1/sessions",
        headers: { "content-type": "application/json", "content-length": String(body.length) },
        body: [body],
      },
      what,
    );
    return readAnswer(answer, [201], sessionSchema, what);
  }

  async logout(token: string): Promise<void> {
    const what = message("exchange.logging-out");
    const answer = await this.#connection.exchange(
      {
        method: "DELETE",
        path: "/v1/sessions/current",
        headers: { authorization: `Bearer ${token}` },
      },
      what,
    );
    // A session that is over already is what was wanted.
    if (problemOf(answer)?.status !== 401) readDone(answer, what);
  }
}
