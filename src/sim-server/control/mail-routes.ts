import { Router } from "express";
import { z } from "zod";

import { message } from "../../messages/message.ts";
import { NDJSON_MEDIA_TYPE } from "../../protocol/http/headers.ts";
import { pathGlobSchema } from "../faults/path-glob-schema.ts";
import { smtpFaultSchema } from "../faults/smtp-fault.ts";
import { MailboxFullError } from "../smtp/mailbox.ts";
import { formatMailLines, formatMailSnapshot, parseMailLines } from "../smtp/mail-snapshot.ts";
import type { MailServer } from "../smtp/mail-server.ts";
import type { StoredMail } from "../smtp/stored-mail.ts";
import { formatInstant } from "../storage/http/instant.ts";
import { ProblemError } from "../storage/http/problem-error.ts";
import { assertFaultCount } from "./assert-fault-count.ts";
import { jsonListText } from "./list-text.ts";
import { invalidRequest, parseRequest } from "./parse-request.ts";
import { readLines } from "./read-lines.ts";
import { sendPieces } from "./send-pieces.ts";

/** The media type of a mail as it was sent. */
const MAIL_MEDIA_TYPE = "message/rfc822";

/** Longest that a request waits for mails, in seconds. */
const WAIT_SECONDS_MAX = 600;

const filterShape = {
  to: pathGlobSchema.optional(),
  from: pathGlobSchema.optional(),
  subject: z.string().min(1).optional(),
};

const mailsQuerySchema = z.strictObject({
  ...filterShape,
  /** Waits so many seconds at most. */
  wait: z.coerce.number().min(0).max(WAIT_SECONDS_MAX).optional(),
  /** Until there are so many mails. Default 1. */
  count: z.coerce.number().int().min(1).optional(),
});

/** The part of the control interface that drives the mail server: `mails`, `mail-snapshot`, `smtp-faults`. */
export function mailRoutes({ mailbox, faults, ...mail }: MailServer): Router {
  const routes = Router();

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of rejections
  routes.get("/mails", async (request, response) => {
    const { wait, count, ...filter } = parseRequest(mailsQuerySchema, request.query);
    if (wait === undefined) {
      if (count !== undefined)
        throw new ProblemError("invalid-request", message("control.count-without-wait"));
      response.type("json");
      await sendPieces(response, jsonListText("mails", mailbox.list(filter).values().map(asJson)));
      return;
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const mails = await mailbox.waitFor({
      filter,
      timeLimitMs: wait * 1000,
      signal: gone.signal,
      ...(count === undefined ? {} : { count }),
    });
    response.type("json");
    await sendPieces(response, jsonListText("mails", mails.values().map(asJson)));
  });
  routes.delete("/mails", (_request, response) => {
    mailbox.clear();
    response.status(204).end();
  });
  routes.get("/mails/:id", (request, response) => {
    const found = mailbox.get(request.params.id);
    if (found === undefined) throw unknownMail();
    if (request.accepts(["json", MAIL_MEDIA_TYPE]) === MAIL_MEDIA_TYPE) {
      // Set by hand: Express would add a charset, which the bytes of a mail do not have.
      response.setHeader("content-type", MAIL_MEDIA_TYPE);
      response.end(found.raw);
    } else {
      response.json(asJson(found));
    }
  });
  routes.delete("/mails/:id", (request, response) => {
    if (!mailbox.remove(request.params.id)) throw unknownMail();
    response.status(204).end();
  });

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of rejections
  routes.get("/mail-snapshot", async (request, response) => {
    const type = request.accepts(["json", NDJSON_MEDIA_TYPE]);
    const format = type === NDJSON_MEDIA_TYPE ? formatMailLines : formatMailSnapshot;
    response.type(type === NDJSON_MEDIA_TYPE ? NDJSON_MEDIA_TYPE : "json");
    await sendPieces(response, format(mailbox.content()));
  });
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of rejections
  routes.put("/mail-snapshot", async (request, response) => {
    try {
      if (request.is(NDJSON_MEDIA_TYPE) === false) mail.restore(request.body);
      else
        await mailbox.restoreMails(
          parseMailLines(readLines(request.iterator({ destroyOnReturn: false }))),
        );
    } catch (error) {
      if (!(error instanceof MailboxFullError)) throw invalidRequest(error);
      throw new ProblemError("insufficient-capacity", message("control.mailbox-full"));
    }
    response.status(204).end();
  });

  routes.get("/smtp-faults", (_request, response) => {
    response.json({ faults: faults.list() });
  });
  routes.post("/smtp-faults", (request, response) => {
    const oneOrMore = z.array(smtpFaultSchema).or(smtpFaultSchema);
    const added = [parseRequest(oneOrMore, request.body)].flat();
    assertFaultCount(faults.list().length + added.length);
    const ids = added.map((fault) => faults.add(fault));
    response.status(201).json({ ids });
  });
  routes.delete("/smtp-faults", (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  routes.delete("/smtp-faults/:id", (request, response) => {
    if (!faults.remove(request.params.id)) {
      throw new ProblemError("not-found", message("control.no-fault"));
    }
    response.status(204).end();
  });
  return routes;
}

function unknownMail(): ProblemError {
  return new ProblemError("not-found", message("control.no-mail"));
}

function asJson(mail: StoredMail): object {
  const { id, receivedAtMs, from, recipients, clientName, tls, user, subject, text } = mail;
  return {
    id,
    receivedAt: formatInstant(receivedAtMs),
    from,
    recipients,
    clientName,
    tls,
    user,
    sizeBytes: mail.raw.length,
    subject,
    text,
    headers: mail.headers,
  };
}
