import type { Contract } from "../../../protocol/http/schemas.ts";
import type { LineMembers } from "./output-line.ts";

/** The members of a `capacity` line. */
export function capacityMembers(contract: Contract): LineMembers<"capacity"> {
  const { loginId, nickname, edition, plan, generationCountMax } = contract;
  const { quotaBytes, usedBytes, freeBytes } = contract;
  return {
    loginId,
    nickname,
    edition,
    plan,
    generationCountMax,
    quotaBytes,
    usedBytes,
    freeBytes,
  };
}
