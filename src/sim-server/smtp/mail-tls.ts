import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContext } from "node:tls";

import type { WrongCertificate } from "../faults/smtp-fault.ts";

/** A key and its certificate, PEM. */
export interface MailIdentity {
  readonly key: string | Buffer;
  readonly cert: string | Buffer;
}

const FIXTURES = new URL("../../../fixtures/tls/", import.meta.url);

/** The file with the authority that vouches for the mail server's own certificate, PEM. */
export const MAIL_AUTHORITY_FILE: URL = new URL("mail-ca-cert.pem", FIXTURES);

/** What the mail server shows in a TLS handshake. Contexts are made when they are first needed. */
export class MailTls {
  readonly #identity: MailIdentity | undefined;
  readonly #contexts = new Map<string, SecureContext>();

  /** Without an identity it is that of the fixtures, for smtp.example, localhost and 127.0.0.1. */
  constructor(identity?: MailIdentity) {
    this.#identity = identity;
  }

  /** The server's own certificate, or a wrong one. */
  context(wrong?: WrongCertificate): SecureContext {
    const name = wrong === undefined ? "mail-cert.pem" : `mail-${wrong}-cert.pem`;
    let context = this.#contexts.get(name);
    if (context === undefined) {
      const own = wrong === undefined ? this.#identity : undefined;
      context = createSecureContext(own ?? { key: read("mail-key.pem"), cert: read(name) });
      this.#contexts.set(name, context);
    }
    return context;
  }
}

function read(name: string): Buffer {
  return readFileSync(new URL(name, FIXTURES));
}
