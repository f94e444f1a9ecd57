import { message } from "../../messages/message.ts";
import { ProblemError } from "../storage/http/problem-error.ts";

/** Faults that can be planned at a time: each is looked at for every request. */
const FAULT_COUNT_MAX = 1_000;

/** Refuses more planned faults than can be looked at for every request. */
export function assertFaultCount(count: number): void {
  if (count <= FAULT_COUNT_MAX) return;
  const detail = message("control.fault-count", { max: FAULT_COUNT_MAX });
  throw new ProblemError("content-too-large", detail);
}
