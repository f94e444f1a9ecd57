import type { Contract } from "../../../protocol/http/schemas.ts";
import { jsonReply, type Reply } from "../http/reply.ts";
import type { RequestContext } from "./request-context.ts";
import { sessionOf } from "./request-input.ts";

/** Plan and capacity as they stand (F45). */
export function getContract(context: RequestContext): Reply {
  const { contract, loginId, nickname } = sessionOf(context).account;
  const { quotaBytes, usedBytes } = contract.storage;
  const answer: Contract = {
    loginId,
    nickname,
    edition: contract.terms.edition,
    plan: contract.terms.plan,
    generationCountMax: contract.storage.generationCountMax,
    quotaBytes,
    usedBytes,
    freeBytes: quotaBytes - usedBytes,
  };
  return jsonReply(200, answer);
}
