import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import { z } from "zod";

import { message } from "../../messages/message.ts";
import { NDJSON_MEDIA_TYPE } from "../../protocol/http/headers.ts";
import { OPERATION_IDS } from "../../protocol/http/operation-ids.ts";
import { PROBLEM_MEDIA_TYPE } from "../../protocol/http/problem.ts";
import { pathGlobSchema } from "../faults/path-glob-schema.ts";
import { storageFaultSchema } from "../faults/storage-fault.ts";
import { formatInstant } from "../storage/http/instant.ts";
import { ProblemError } from "../storage/http/problem-error.ts";
import type { MailServer } from "../smtp/mail-server.ts";
import { formatSnapshotLines, parseSnapshotLines } from "../storage/snapshot/snapshot-lines.ts";
import type { StorageService } from "../storage/service/storage-service.ts";
import { assertFaultCount } from "./assert-fault-count.ts";
import { controlAccess, type ControlAccess } from "./control-access.ts";
import { jsonListText, linesText } from "./list-text.ts";
import { mailRoutes } from "./mail-routes.ts";
import { readLines } from "./read-lines.ts";
import { invalidRequest, parseRequest } from "./parse-request.ts";
import { sendPieces } from "./send-pieces.ts";
import { applySeed, seedSchema } from "./seed.ts";
import { acceptedLanguage } from "../storage/http/accepted-language.ts";

/** Bytes. A body of the control interface: what is parsed as a whole holds everybody else up. */
const BODY_BYTES_MAX = 4 * 2 ** 20;

/** Bytes. What fits into a body that is parsed as a whole, once it is base64. */
const JSON_SNAPSHOT_BYTES_MAX = (BODY_BYTES_MAX * 5) / 8;

/** Bytes. What an entry takes in a snapshot, at least. */
const ENTRY_BYTES = 400;

const requestQuerySchema = z.strictObject({
  operationId: z.enum(OPERATION_IDS).optional(),
  path: pathGlobSchema.optional(),
  status: z.coerce.number().int().optional(),
});

/**
 * The interface by which a person or a test drives a service, and the mail server beside it when
 * there is one: everything under the place where it is
 * mounted, nothing under `/v1`. It asks for no password; `access` says who is kept out. Errors are
 * problem+json with the codes of the service. No request holds others up for longer than it takes to
 * parse 4 MiB of JSON, but a snapshot or a seed for longer the more files there are.
 */
export function createControlApp(
  service: StorageService,
  mail?: MailServer,
  access: ControlAccess = {},
): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(controlAccess(access));
  app.use(express.json({ limit: BODY_BYTES_MAX, strict: false }));

  app.get("/health", (_request, response) => {
    response.json({ status: "ok" });
  });

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of rejections
  app.post("/reset", async (_request, response) => {
    service.reset();
    mail?.reset();
    await service.settled();
    response.status(204).end();
  });
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of rejections
  app.post("/seed", async (request, response) => {
    await applySeed(service, parseRequest(seedSchema, request.body));
    await service.settled();
    response.json({ accounts: service.accounts.all().map(({ loginId }) => loginId) });
  });

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of rejections
  app.get("/snapshot", async (request, response) => {
    if (request.accepts(["json", NDJSON_MEDIA_TYPE]) === NDJSON_MEDIA_TYPE) {
      response.type(NDJSON_MEDIA_TYPE);
      await sendPieces(response, formatSnapshotLines(service.records()));
      return;
    }
    if (sizeOf(service) > JSON_SNAPSHOT_BYTES_MAX) {
      const detail = message("control.snapshot-too-large", { mediaType: NDJSON_MEDIA_TYPE });
      throw new ProblemError("not-acceptable", detail);
    }
    response.json(service.snapshot());
  });
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of rejections
  app.put("/snapshot", async (request, response) => {
    try {
      if (request.is(NDJSON_MEDIA_TYPE) === false) service.restore(request.body);
      else
        await service.restoreRecords(
          parseSnapshotLines(readLines(request.iterator({ destroyOnReturn: false }))),
        );
    } catch (error) {
      throw invalidRequest(error);
    }
    await service.settled();
    response.status(204).end();
  });

  app.get("/captchas", (_request, response) => {
    const captchas = service.captchas().map(({ challengeId, loginId, answer, endsAtMs }) => ({
      challengeId,
      loginId,
      answer,
      expiresAt: formatInstant(endsAtMs),
    }));
    response.json({ captchas });
  });

  app.get("/faults", (_request, response) => {
    response.json({ faults: service.faults.list() });
  });
  app.post("/faults", (request, response) => {
    const one = z.array(storageFaultSchema).or(storageFaultSchema);
    const added = [parseRequest(one, request.body)].flat();
    assertFaultCount(service.faults.list().length + added.length);
    const ids = added.map((fault) => service.faults.add(fault));
    response.status(201).json({ ids });
  });
  app.delete("/faults", (_request, response) => {
    service.faults.clear();
    response.status(204).end();
  });
  app.delete("/faults/:id", (request, response) => {
    if (!service.faults.remove(request.params.id)) {
      throw new ProblemError("not-found", message("control.no-fault"));
    }
    response.status(204).end();
  });

  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of rejections
  app.get("/requests", async (request, response) => {
    const found = service.requestLog.look(parseRequest(requestQuerySchema, request.query));
    const type = request.accepts(["json", NDJSON_MEDIA_TYPE]);
    if (type === NDJSON_MEDIA_TYPE) {
      response.type(NDJSON_MEDIA_TYPE);
      await sendPieces(response, linesText(found));
    } else {
      response.type("json");
      await sendPieces(response, jsonListText("requests", found));
    }
  });

  if (mail !== undefined) app.use(mailRoutes(mail));
  app.use(() => {
    throw new ProblemError("not-found", message("control.no-such-resource"));
  });
  app.use(answerProblem);
  return app;
}

/** Bytes that a snapshot is about as large as, before base64. */
function sizeOf({ memoryUsedBytes, accounts }: StorageService): number {
  const entryCounts = accounts
    .contracts()
    .map(({ storage }) => storage.tree.fileCount + storage.tree.folderCount);
  return memoryUsedBytes + ENTRY_BYTES * entryCounts.reduce((sum, count) => sum + count, 0);
}

const answerProblem: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  // The next request on a connection is read behind the rest of this one, however little of it was wanted.
  request.resume();
  if (response.headersSent) response.destroy();
  else sendProblem(response, invalidRequest(error));
};

function sendProblem(response: Response, error: ProblemError): void {
  const language = acceptedLanguage(response.req.headers["accept-language"]);
  const problem = error.problemIn(language);
  response.status(problem.status).type(PROBLEM_MEDIA_TYPE);
  response.set("content-language", language).send(JSON.stringify(problem));
}
