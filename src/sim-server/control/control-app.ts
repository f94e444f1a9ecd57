import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import { z } from "zod";

import { NDJSON_MEDIA_TYPE } from "../../protocol/http/headers.ts";
import { OPERATION_IDS } from "../../protocol/http/operation-ids.ts";
import { PROBLEM_MEDIA_TYPE } from "../../protocol/http/problem.ts";
import { storageFaultSchema } from "../storage/faults/storage-fault.ts";
import { ProblemError } from "../storage/problem-error.ts";
import type { StorageService } from "../storage/storage-service.ts";
import { applySeed, seedSchema } from "./seed.ts";

/** A body of the control interface; a snapshot holds all files. */
const BODY_BYTES_MAX = 1024 * 2 ** 20;

const requestQuerySchema = z.strictObject({
  operationId: z.enum(OPERATION_IDS).optional(),
  path: z.string().min(1).optional(),
  status: z.coerce.number().int().optional(),
});

/**
 * The interface by which a person or a test drives a service: everything under the place where it is
 * mounted, nothing under `/v1`. It asks for no password, so a server that carries it must not be
 * reachable by strangers. Errors are problem+json with the codes of the service.
 */
export function createControlApp(service: StorageService): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json({ limit: BODY_BYTES_MAX, strict: false }));

  app.post("/reset", (_request, response) => {
    service.reset();
    response.status(204).end();
  });
  app.post("/seed", (request, response) => {
    applySeed(service, parse(seedSchema, request.body));
    response.json({ accounts: service.accounts.all().map(({ loginId }) => loginId) });
  });

  app.get("/snapshot", (_request, response) => {
    response.json(service.snapshot());
  });
  app.put("/snapshot", (request, response) => {
    try {
      service.restore(request.body);
    } catch (error) {
      throw invalid(error);
    }
    response.status(204).end();
  });

  app.get("/faults", (_request, response) => {
    response.json({ faults: service.faults.list() });
  });
  app.post("/faults", (request, response) => {
    const one = z.array(storageFaultSchema).or(storageFaultSchema);
    const ids = [parse(one, request.body)].flat().map((fault) => service.faults.add(fault));
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
    const requests = service.requestLog.find(parse(requestQuerySchema, request.query));
    if (request.accepts(["json", NDJSON_MEDIA_TYPE]) === NDJSON_MEDIA_TYPE) {
      const lines = requests.map((entry) => `${JSON.stringify(entry)}\n`).join("");
      response.type(NDJSON_MEDIA_TYPE).send(lines);
    } else {
      response.json({ requests });
    }
  });

  app.use(() => {
    throw new ProblemError("not-found", "The control interface has no such resource.");
  });
  app.use(answerProblem);
  return app;
}

const answerProblem: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  sendProblem(response, error instanceof ProblemError ? error : invalid(error));
};

function sendProblem(response: Response, { problem }: ProblemError): void {
  response.status(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error);
}

/** Whatever a request of the control interface fails with was wrong with the request. */
function invalid(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    return new ProblemError("invalid-request", issues.join("; "));
  }
  return new ProblemError(
    "invalid-request",
    error instanceof Error ? error.message : String(error),
  );
}
