import { message } from "../../../messages/message.ts";
import type { ClientEvent, ClientExchange } from "../../observation/client-event.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { placeFault } from "./judge-commit.ts";
import { judgeBatch } from "./judge-batch.ts";
import { judgeDelete, judgeGenerations, judgePut, judgeRead, NO_FAULT } from "./judge-files.ts";
import { judgeFolderDelete, judgeFolderPut, judgeFolderRead, judgeMove } from "./judge-folders.ts";
import { firstDifference, statusFault, type Fault } from "./judgement.ts";
import { judgeUpload, judgeUploadBegun } from "./judge-uploads.ts";
import { ServiceModel } from "./service-model.ts";
import { jsonIn, namesIn } from "./wire.ts";

/**
 * `service`: what the service answered is what it does. A model of one customer's contract is made from the requests
 * and answers that crossed the wire, and each further answer is held against it: entries, bytes, generations, listings
 * at every size of page, capacity to the byte, conditions, unfinished uploads, sessions and images. It stops at the
 * first answer that is wrong. Does not verify requests that do not fit the contract, nor anybody else's contract.
 */
export function serviceKeepsItsWord({ customer, scenario }: RunRecord): Violation[] {
  const first = customer.events.find(({ what }) => what === "exchange");
  const startMs = first?.what === "exchange" ? first.sentMs : 0;
  const pageEntryCountMax = scenario.serviceTuning?.listingPageEntryCountMax;
  const model = new ServiceModel(customer, startMs, pageEntryCountMax);
  for (const [at, event] of customer.events.entries()) {
    const fault = faultAt(model, event);
    if (fault === undefined || fault === NO_FAULT) continue;
    const request = event.what === "exchange" ? `${event.method} ${event.target}` : event.what;
    const said = { at, request, found: fault.found, due: fault.due };
    return [{ invariant: "service", message: message("checked-run.service-answer", said) }];
  }
  return [];
}

function faultAt(model: ServiceModel, event: ClientEvent): Fault | undefined {
  switch (event.what) {
    case "quota":
      model.contract.quotaBytes = event.bytes;
      return undefined;
    case "kept":
      model.keep(event.atMs);
      return undefined;
    case "put-back":
      model.putBack();
      return undefined;
    case "restarted":
      model.sessions.forgetImages();
      return undefined;
    case "image":
      model.sessions.see(event.challengeId, event.characters);
      return undefined;
    case "broken":
      return { found: event.detail, due: event.request };
    case "exchange":
      return exchangeFault(model, event);
  }
}

function exchangeFault(model: ServiceModel, exchange: ClientExchange): Fault | undefined {
  const { method, target } = exchange;
  if (method === "POST" && target === "/v1/sessions") {
    const fault = model.sessions.logIn(exchange);
    if (fault !== "in") return fault;
    const span = { fromMs: exchange.sentMs, toMs: exchange.answeredMs };
    model.contract.makeFolders(model.home, span);
    return undefined;
  }
  const admitted = model.sessions.admit(exchange);
  if (admitted !== "live") return admitted;
  return judged(model, exchange) ?? placeFault(model, exchange);
}

function judged(model: ServiceModel, exchange: ClientExchange): Fault | undefined {
  const { method, target } = exchange;
  const [path = "", search = ""] = target.split("?");
  const query = new URLSearchParams(search);
  const [, , kind = "", ...rest] = path.split("/");
  const names = namesIn(rest.join("/"));
  switch (`${method} ${kind}`) {
    case "DELETE sessions":
      return model.sessions.logOut(exchange);
    case "GET contract":
      return usageFault(model, exchange);
    case "PUT files":
      return judgePut(model, exchange, names);
    case "DELETE files":
      return judgeDelete(model, exchange, names);
    case "GET files":
    case "HEAD files":
      return judgeRead(model, exchange, names, query);
    case "GET generations":
      return judgeGenerations(model, exchange, names);
    case "GET folders":
    case "HEAD folders":
      return judgeFolderRead(model, exchange, names, query);
    case "PUT folders":
      return judgeFolderPut(model, exchange, names);
    case "DELETE folders":
      return judgeFolderDelete(model, exchange, names, query);
    case "POST moves":
      return judgeMove(model, exchange);
    case "POST batch-uploads":
      return judgeBatch(model, exchange);
    case "POST uploads":
      return judgeUploadBegun(model, exchange, query);
    default:
      return judgeUpload(model, exchange, path);
  }
}

/** What is wrong with plan and capacity as they are told (F45). */
function usageFault(
  { contract, account }: ServiceModel,
  exchange: ClientExchange,
): Fault | undefined {
  const { usedBytes, quotaBytes, generationCountMax } = contract;
  const freeBytes = quotaBytes - usedBytes;
  const due = {
    loginId: account.loginId,
    edition: "flets-azukeru-pro",
    plan: "paid",
    generationCountMax,
    quotaBytes,
    usedBytes,
    freeBytes,
  };
  const { answer } = exchange;
  return (
    statusFault(exchange, 200) ?? firstDifference(jsonIn(answer?.body ?? Buffer.alloc(0)), due)
  );
}
