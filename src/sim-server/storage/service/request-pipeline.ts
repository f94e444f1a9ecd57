import type { IncomingMessage, ServerResponse } from "node:http";

import { message } from "../../../messages/message.ts";
import { contractViolation } from "../../../protocol/http/contract-violation.ts";
import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { formatPlaceTag } from "../../../protocol/http/place-tag.ts";
import { OPERATIONS } from "../../../protocol/http/operations.ts";
import type { Language } from "../../../terminal/language.ts";
import { acceptedLanguage } from "../http/accepted-language.ts";
import { admit } from "./admission.ts";
import { continueIfAwaited, sendUploadInterim } from "../http/interim-responses.ts";
import { chooseFaults, type FaultChoice } from "../faults/choose-faults.ts";
import type { StorageFaultPlan } from "../faults/storage-fault-plan.ts";
import { faultProblem } from "../faults/fault-replies.ts";
import { FaultStruck } from "../faults/request-faults.ts";
import type { Outcome } from "../http/outcome.ts";
import { HANDLERS } from "../handlers/handlers.ts";
import { problemReply, replyBytes, type Reply } from "../http/reply.ts";
import { BodyAborted, RequestBody } from "../http/request-body.ts";
import type { RequestTarget } from "../http/request-target.ts";
import { placeField } from "../http/field-values.ts";
import type { LiveSession } from "../stores/session-store.ts";
import { formatHttpDate } from "../http/instant.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { ServiceData } from "../data/service-data.ts";
import type { RequestContext, ServiceState } from "../handlers/request-context.ts";
import type { Route } from "./routes.ts";
import type { LoggedRequest, RequestLog, RequestOutcome } from "./request-log.ts";
import { sendOutcome } from "../http/send-outcome.ts";

interface RequestPipelineOptions {
  readonly state: ServiceState;
  readonly faults: StorageFaultPlan;
  readonly log: RequestLog;
  /** Where what the service knows is kept: nothing is acknowledged before it is there. */
  readonly data: ServiceData | undefined;
  /** Checks every answer against the table of operations; one outside it becomes a 500. */
  readonly checkContract: boolean;
  /** Called with what went wrong inside the service; the client sees only a 500. */
  readonly onInternalError: (error: unknown) => void;
}

/** A request on its way through the service. */
interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route;
  readonly operationId: OperationId | null;
  readonly query: string;
  readonly entry: LoggedRequest;
  readonly namedPaths: string[];
  body: RequestBody;
  session: LiveSession | null;
}

/**
 * Takes a request that is routed to its answer: faults, session, handler, contract check, log. Every
 * way to fail ends in a problem of the contract, or in silence when the client is gone.
 */
export class RequestPipeline {
  readonly #options: RequestPipelineOptions;

  /** Answers by the handlers of the storage service. */
  constructor(options: RequestPipelineOptions) {
    this.#options = options;
  }

  /** Answers one request. Rejects when the answer cannot be sent; it is logged by then. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    { target, route }: { readonly target: RequestTarget; readonly route: Route },
  ): Promise<void> {
    const { state, log } = this.#options;
    const operationId = route.kind === "operation" ? route.operationId : null;
    const entry = log.begin({
      atMs: state.clock.nowMs(),
      method: request.method ?? "",
      target: target.path,
      operationId,
    });
    const body = this.#newBody(request, response);
    const passage: Passage = {
      request,
      response,
      route,
      operationId,
      query: target.query,
      entry,
      namedPaths: [],
      body,
      session: null,
    };
    const outcome = await this.#outcome(passage);
    passage.body.release();
    body.release();
    if (entry.paths.length === 0) log.name(entry, passage.namedPaths);
    conclude(entry, outcome, state.clock.nowMs(), passage.body.receivedBytes);
    if (outcome === null) return;
    const httpDate = formatHttpDate(entry.endedAtMs ?? entry.atMs);
    await sendOutcome({ request, response, requestNumber: entry.number, httpDate }, outcome);
  }

  /** What the client gets to see; null when it is gone. */
  async #outcome(passage: Passage): Promise<Outcome | null> {
    const { faults, state } = this.#options;
    if (faults.isEmpty) return this.#answer(passage);
    try {
      const choice = await chooseFaults(faults, state, {
        operationId: passage.operationId,
        parameter: passage.route.kind === "operation" ? passage.route.parameter : "",
        query: passage.query,
        body: passage.body,
        headers: passage.request.headers,
      });
      this.#options.log.name(passage.entry, choice.paths);
      passage.entry.faults = choice.kinds;
      const early = await choice.faults.before(choice.arrivedBytes);
      if (early !== null) return early;
      passage.body = this.#tappedBody(passage, choice);
      const answered = await this.#answer(passage);
      // What is done to an answer takes no effect where nobody waits for it any more.
      if (answered?.kind !== "answer" || passage.request.socket.destroyed) return answered;
      return choice.faults.after(answered.reply);
    } catch (error) {
      if (error instanceof BodyAborted) return null;
      throw error;
    }
  }

  /** The answer of the service itself, be it a refusal; what it tells of is kept by then. */
  #answer(passage: Passage): Promise<Outcome | null> {
    const { data } = this.#options;
    const answered = this.#answerOfHandler(passage);
    return data === undefined ? answered : this.#settled(passage, data, answered);
  }

  async #settled(
    passage: Passage,
    data: ServiceData,
    answered: Promise<Outcome | null>,
  ): Promise<Outcome | null> {
    const outcome = await answered;
    try {
      await data.settle();
      return outcome;
    } catch (error) {
      return error instanceof ProblemError
        ? this.#refusal(passage, error)
        : this.#internalError(passage, error);
    }
  }

  async #answerOfHandler(passage: Passage): Promise<Outcome | null> {
    try {
      return whole(this.#checked(passage, withPlace(passage, await this.#reply(passage))));
    } catch (error) {
      if (error instanceof BodyAborted) return null;
      if (error instanceof FaultStruck) return error.outcome;
      if (error instanceof ProblemError) return this.#refusal(passage, error);
      return this.#internalError(passage, error);
    }
  }

  #refusal(passage: Passage, error: ProblemError): Outcome {
    passage.entry.problemCode = error.code;
    try {
      return whole(this.#checked(passage, problemReply(error, languageOf(passage))));
    } catch (violation) {
      return this.#internalError(passage, violation);
    }
  }

  #internalError(passage: Passage, error: unknown): Outcome {
    this.#options.onInternalError(error);
    const problem = new ProblemError("internal-error", message("request.failed"));
    return whole(problemReply(problem, languageOf(passage)));
  }

  #reply(passage: Passage): Reply | Promise<Reply> {
    const { state, faults, data } = this.#options;
    const { request, response, route, entry, body } = passage;
    const { headers, method = "" } = request;
    if (headers.host === undefined && request.httpVersionMinor > 0) {
      throw new ProblemError("invalid-request", message("request.no-host"));
    }
    if (route.kind === "refused") throw route.refusal;
    const { operationId, parameter } = route;
    const session = admit(operationId, headers, state);
    entry.loginId = session?.account.loginId ?? null;
    passage.session = session;
    const context: RequestContext = {
      operationId,
      method,
      headers,
      parameter,
      query: passage.query,
      body,
      namedPaths: passage.namedPaths,
      session,
      sendInterim: (fields) => {
        if (data === undefined || data.settleNow()) sendUploadInterim(request, response, fields);
      },
      refusePart: (path) => (faults.isEmpty ? null : refusal(faults, path, state.clock.nowMs())),
    };
    return HANDLERS[operationId](context, state);
  }

  #checked({ operationId, request }: Passage, reply: Reply): Reply {
    if (!this.#options.checkContract || operationId === null) return reply;
    const { status, headers, body } = reply;
    const unseen = body.kind === "lines" || request.method !== OPERATIONS[operationId].method;
    const violation = contractViolation(operationId, {
      status,
      headers: body.kind === "none" ? headers : { ...headers, "content-type": body.mediaType },
      body: unseen ? null : Buffer.concat(replyBytes(body)),
    });
    if (violation !== null) throw new Error(`outside the contract: ${violation}`);
    return reply;
  }

  #newBody(request: IncomingMessage, response: ServerResponse): RequestBody {
    return new RequestBody(request, this.#options.state.memory, null, () =>
      continueIfAwaited(request, response),
    );
  }

  #tappedBody({ request, response, body }: Passage, choice: FaultChoice): RequestBody {
    const tap = choice.bodyIsHere ? null : choice.faults.bodyTap();
    if (tap === null) return body;
    return new RequestBody(request, this.#options.state.memory, tap, () =>
      continueIfAwaited(request, response),
    );
  }
}

/**
 * Says how far the contract has come now, to whom a request has named the folder that it means. Who names a state that
 * was taken back is told nothing: with a tag of today, what is known of that state would count as known.
 */
function withPlace({ request, session }: Passage, reply: Reply): Reply {
  const place = session === null ? null : placeField(request.headers);
  if (session === null || place === null || reply.status >= 300) return reply;
  const { storage } = session.account.contract;
  if (!storage.history.holds(place)) return reply;
  const now = storage.placeTag({ id: place.folderId });
  return { ...reply, headers: { ...reply.headers, [HEADERS.place]: formatPlaceTag(now) } };
}

function languageOf({ request }: Passage): Language {
  return acceptedLanguage(request.headers["accept-language"]);
}

function whole(reply: Reply): Outcome {
  return { kind: "answer", reply, bytesPerSecond: null };
}

function refusal(faults: StorageFaultPlan, path: string, nowMs: number): ProblemError | null {
  for (const { fault, strike } of faults.dueAtPart(path)) {
    if (fault.kind !== "status") continue;
    strike();
    const unnamed = new ProblemError(
      "service-unavailable",
      message("request.planned-fault-of-part"),
    );
    return faultProblem(fault, nowMs) ?? unnamed;
  }
  return null;
}

const LOGGED_OUTCOMES: Readonly<Record<Outcome["kind"], RequestOutcome>> = {
  answer: "answered",
  truncated: "truncated",
  garbage: "truncated",
  reset: "reset",
  silent: "silent",
};

function loggedOutcome(outcome: Outcome): RequestOutcome {
  const isReset = outcome.kind === "truncated" && outcome.ending === "reset";
  return isReset ? "reset" : LOGGED_OUTCOMES[outcome.kind];
}

function conclude(
  entry: LoggedRequest,
  outcome: Outcome | null,
  nowMs: number,
  requestBytes: number,
): void {
  entry.endedAtMs = nowMs;
  entry.requestBytes = requestBytes;
  entry.outcome = outcome === null ? "aborted" : loggedOutcome(outcome);
  const answered = outcome?.kind === "answer" || outcome?.kind === "truncated";
  entry.status = answered ? outcome.reply.status : null;
}
