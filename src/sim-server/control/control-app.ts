import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import { z } from "zod";

import { NDJSON_MEDIA_TYPE } from "../../protocol/http/headers.ts";
import { OPERATION_IDS } from "../../protocol/http/operation-ids.ts";
import { PROBLEM_MEDIA_TYPE } from "../../protocol/http/problem.ts";
import { storageFaultSchema } from "../faults/storage-fault.ts";
import { ProblemError } from "../storage/http/problem-error.ts";
import type { MailServer } from "../smtp/mail-server.ts";
import type { StorageService } from "../storage/service/storage-service.ts";
import { mailRoutes } from "./mail-routes.ts";
import { invalidRequest, parseRequest } from "./parse-request.ts";
import { applySeed, seedSchema } from "./seed.ts";

/** A body of the control interface; a snapshot holds all files. */
const BODY_BYTES_MAX = 1024 * 2 ** 20;

const requestQuerySchema = z.strictObject({
  operationId: z.enum(OPERATION_IDS).optional(),
  path: z.string().min(1).optional(),
  status: z.coerce.number().int().optional(),
});

/**
 * The interface by which a person or a test drives a service, and the mail server beside it when
 * there is one: everything under the place where it is
 * mounted, nothing under `/v1`. It asks for no password, so a server that carries it must not be
 * reachable by strangers. Errors are problem+json with the codes of the service.
 */
export function createControlApp(service: StorageService, mail?: MailServer): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json({ limit: BODY_BYTES_MAX, strict: false }));

  app.post("/reset", (_request, response) => {
    service.reset();
    mail?.reset();
    response.status(204).end();
  });
  app.post("/seed", (request, response) => {
    applySeed(service, parseRequest(seedSchema, request.body));
    response.json({ accounts: service.accounts.all().map(({ loginId }) => loginId) });
  });

  app.get("/snapshot", (_request, response) => {
    response.json(service.snapshot());
  });
  app.put("/snapshot", (request, response) => {
    try {
      service.restore(request.body);
    } catch (error) {
      throw invalidRequest(error);
    }
    response.status(204).end();
  });

  app.get("/faults", (_request, response) => {
    response.json({ faults: service.faults.list() });
  });
  app.post("/faults", (request, response) => {
    const one = z.array(storageFaultSchema).or(storageFaultSchema);
    const ids = [parseRequest(one, request.body)].flat().map((fault) => service.faults.add(fault));
    response.status(201).json({ ids });
  });
  app.delete("/faults", (_request, response) => {
    service.faults.clear();
    response.status(204).end();
  });
  app.delete("/faults/:id", (request, response) => {
    if (!service.faults.remove(request.params.id)) {
      throw new ProblemError("not-found", "There is no fault of that id.");
    }
    response.status(204).end();
  });

  app.get("/requests", (request, response) => {
    const requests = service.requestLog.find(parseRequest(requestQuerySchema, request.query));
    if (request.accepts(["json", NDJSON_MEDIA_TYPE]) === NDJSON_MEDIA_TYPE) {
      const lines = requests.map((entry) => `${JSON.stringify(entry)}\n`).join("");
      response.type(NDJSON_MEDIA_TYPE).send(lines);
    } else {
      response.json({ requests });
    }
  });

  if (mail !== undefined) app.use(mailRoutes(mail));
  app.use(() => {
    throw new ProblemError("not-found", "The control interface has no such resource.");
  });
  app.use(answerProblem);
  return app;
}

const answerProblem: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  sendProblem(response, error instanceof ProblemError ? error : invalidRequest(error));
};

function sendProblem(response: Response, { problem }: ProblemError): void {
  response.status(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
}
