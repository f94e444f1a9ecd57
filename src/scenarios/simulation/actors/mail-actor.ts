import { readFileSync } from "node:fs";
import { setDefaultCACertificates } from "node:tls";
import { isDeepStrictEqual } from "node:util";

import { AgentError, type AgentErrorCode } from "../../../agent/agent-error.ts";
import type { Agent } from "../../../agent/agent.ts";
import type { MailRequest } from "../../../agent/mail/requests.ts";
import { MAIL_HOST, type World } from "../../../sim-server/world.ts";
import type { MailEvent } from "../../../sim-server/smtp/mail-event.ts";
import type { SmtpFault } from "../../../sim-server/faults/smtp-fault.ts";
import { MAIL_USER } from "../../scenario/mail-user.ts";
import type { MailData } from "../../scenario/pc.ts";
import type { InertParts } from "../observe/inert-parts.ts";
import type { MailActFact, MailFact, PcRecord, SmtpFact } from "../../observation/pc-record.ts";

const WRONG_PASSWORD = "no secret of the mailbox";

const SENDER = "backup@office.example";

/** What the subject of a test mail holds, and that of no other. */
const TEST_MAIL_WORDS = "テストメール";

const CA_FILE = new URL("../../../../fixtures/tls/mail-ca-cert.pem", import.meta.url);

let isTrusted = false;

/** Lets this thread trust the certificate of the simulated mail server, and no other. */
export function trustMailServer(): void {
  if (isTrusted) return;
  isTrusted = true;
  setDefaultCACertificates([readFileSync(CA_FILE, "utf8")]);
}

/** The person's dealings with the result mail, and what the world knows of them. */
export class MailActor {
  readonly mails: MailFact[] = [];
  readonly smtp: SmtpFact[] = [];
  readonly acts: MailActFact[] = [];
  readonly faults: { elapsedMs: number; faults: readonly SmtpFault[] }[] = [];
  readonly reads: number[] = [];
  readonly #world: World;
  readonly #inert: InertParts;
  /** The faults in force, with their places in the scenario. */
  #armed: readonly { readonly path: readonly PropertyKey[]; readonly id: string }[] = [];
  #draft: MailData | null = null;
  /** The settings with which a test mail truly reached everybody. */
  #tested: string | null = null;
  #confirmed: MailData | null = null;
  #isOn = false;

  /** `inert` is told of faults that never struck. */
  constructor(world: World, inert: InertParts) {
    this.#world = world;
    this.#inert = inert;
  }

  /** What mails are to be sent with now; null while there are to be none. */
  get inForce(): MailData | null {
    return this.#isOn ? this.#confirmed : null;
  }

  /** Records an event of the mail server. */
  recordServerEvent({ connection, kind, detail }: MailEvent): void {
    const world = this.#world;
    const elapsedMs = world.clock.elapsedMs();
    this.smtp.push({ elapsedMs, connection, kind, detail });
    if (kind !== "stored") return;
    const mail = world.mail.mailbox.get(detail.split(" ")[0] ?? "");
    if (mail === undefined) return;
    const { from, recipients, subject, text, headers, tls, user, clientName } = mail;
    const header = (wanted: string): string =>
      headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? "";
    this.mails.push({
      elapsedMs,
      wallMs: world.clock.nowMs(),
      messageId: header("message-id"),
      from,
      recipients,
      subject,
      text,
      // oxlint-disable-next-line no-restricted-globals -- reads a text; asks no clock
      dateMs: Date.parse(header("date")),
      fromHeader: header("from"),
      toHeader: header("to"),
      isTls: tls,
      user,
      isAutomatic: header("auto-submitted") === "auto-generated",
      clientName,
    });
  }

  /** Other faults of the mail server, from a place in the scenario; those before that never struck are put down. */
  setFaults(faults: readonly SmtpFault[], place: readonly PropertyKey[] = []): void {
    const world = this.#world;
    const planned = new Map(world.mail.faults.list().map((one) => [one.id, one]));
    for (const { path, id } of this.#armed) {
      const { hitCount = 0, matchCount = 0 } = planned.get(id) ?? {};
      if (hitCount === 0) this.#inert.note(path, { code: "never-struck", matchCount });
    }
    world.mail.faults.clear();
    this.#armed = faults.map((fault, at) => ({
      path: [...place, at],
      id: world.mail.faults.add(fault),
    }));
    this.faults.push({ elapsedMs: world.clock.elapsedMs(), faults });
  }

  /** Deletes all mails that wait, one by one; whether there were any. */
  read(): boolean {
    const { mail, clock } = this.#world;
    const waiting = mail.mailbox.list();
    for (const { id } of waiting) mail.mailbox.remove(id);
    this.reads.push(clock.elapsedMs());
    return waiting.length > 0;
  }

  set(agent: Agent, { to, secure, port, hasRightPassword = true }: MailData): void {
    // Where none is asked for, the one password is as good as the other: the settings are the same.
    const draft = { to, secure, port, hasRightPassword: port === 25 || hasRightPassword };
    agent.mail.set(requestOf(draft));
    this.#draft = draft;
  }

  /** Sends a test mail; the world looks for itself whether it came. */
  async test(agent: Agent): Promise<void> {
    const draft = this.#draft;
    const mailCount = this.mails.length;
    const beganMs = this.#world.clock.elapsedMs();
    const code = await refusalOf(() => agent.mail.test());
    const isAccepted = code === null;
    const reached = this.mails
      .slice(mailCount)
      .filter(({ subject }) => subject.includes(TEST_MAIL_WORDS))
      .flatMap(({ recipients }) => recipients);
    const isTrue = draft !== null && draft.to.every((address) => reached.includes(address));
    if (isAccepted && isTrue) this.#tested = JSON.stringify(draft);
    this.#note("test", { beganMs, isAccepted, code, isTrue, settings: draft });
  }

  async confirm(agent: Agent): Promise<void> {
    const settings = this.#draft;
    const beganMs = this.#world.clock.elapsedMs();
    const isTrue = this.#draft !== null && this.#tested === JSON.stringify(this.#draft);
    const code = await refusalOf(() => agent.mail.confirm());
    const isAccepted = code === null;
    this.#note("confirm", { beganMs, isAccepted, code, isTrue, settings });
    if (!isAccepted) return;
    if (this.#confirmed === null) this.#isOn = true;
    this.#confirmed = this.#draft;
  }

  /** The names of what is shown of the settings as another thing than a person made it. */
  wrongSettings(agent: Agent): readonly string[] {
    const shown = agent.mail.settings();
    const draft = this.#draft;
    const wanted = {
      draft: draft === null ? null : valuesOf(draft),
      isDraftTested: draft !== null && this.#tested === JSON.stringify(draft),
      isLoginUnused: false,
      isDraftConfirmed: draft !== null && JSON.stringify(this.#confirmed) === JSON.stringify(draft),
      confirmed: this.#confirmed === null ? null : valuesOf(this.#confirmed),
      isOn: this.#isOn,
    };
    return Object.entries(wanted).flatMap(([name, value]) =>
      isDeepStrictEqual(new Map(Object.entries(shown)).get(name), value) ? [] : [`mail.${name}`],
    );
  }

  switch(agent: Agent, isOn: boolean): void {
    agent.mail.setOn(isOn);
    this.#isOn = isOn;
  }

  record(): Pick<PcRecord, "mails" | "mailReads" | "smtp" | "mailActs" | "smtpFaults"> {
    const { mails, reads, smtp, acts, faults } = this;
    return { mails, mailReads: reads, smtp, mailActs: acts, smtpFaults: faults };
  }

  #note(act: MailActFact["act"], fact: Omit<MailActFact, "act" | "elapsedMs">): void {
    this.acts.push({ act, elapsedMs: this.#world.clock.elapsedMs(), ...fact });
  }
}

/** Why a command was refused; null where it was not. */
async function refusalOf(work: () => unknown): Promise<AgentErrorCode | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AgentError) return error.code;
    throw error;
  }
}

/** What is shown of settings: everything but the password. */
function valuesOf(mail: MailData): Omit<MailRequest, "password"> {
  const { password: _, ...values } = requestOf(mail);
  return values;
}

function requestOf({ to, secure, port, hasRightPassword }: MailData): MailRequest {
  const asks = port !== 25;
  return {
    host: MAIL_HOST,
    port,
    user: asks ? MAIL_USER.user : "",
    password: !asks ? "" : hasRightPassword === false ? WRONG_PASSWORD : MAIL_USER.password,
    secure,
    from: SENDER,
    to,
  };
}
