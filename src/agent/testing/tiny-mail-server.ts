import { readFileSync } from "node:fs";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as a mail server took it. */
interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body, as they came. */
  readonly raw: string;
}

/** An SMTP server on a port of its own; disposing of it ends it. */
export interface TinyMailServer extends AsyncDisposable {
  readonly port: number;
  readonly mails: readonly TakenMail[];
  /** What the client of each mail called itself. */
  readonly clients: readonly string[];
}

/** Key and certificate that no authority vouches for. */
export const SELF_SIGNED = {
  key: readFileSync("fixtures/tls/self-signed-key.pem", "utf8"),
  cert: readFileSync("fixtures/tls/self-signed-cert.pem", "utf8"),
};

/** An error that the server answers with a reply of its own. */
export function replyError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Takes every mail, with login and TLS when the client wants them, unless `options` say otherwise. */
export async function tinyMailServer(options: SMTPServerOptions = {}): Promise<TinyMailServer> {
  const mails: TakenMail[] = [];
  const clients: string[] = [];
  const server = new SMTPServer({
    ...SELF_SIGNED,
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 0,
    onAuth: ({ username }, _session, callback) => callback(null, { user: username ?? "" }),
    onData: (stream, session, callback) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.once("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        mails.push({ from, to, raw: Buffer.concat(pieces).toString("latin1") });
        clients.push(session.hostNameAppearsAs);
        callback();
      });
    },
    ...options,
  });
  // Clients that hang up in the middle are what some tests are about.
  server.on("error", () => undefined);
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  return {
    port,
    mails,
    clients,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
