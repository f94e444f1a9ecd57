import { PROBLEMS, type ProblemCode } from "../../../protocol/http/problem.ts";
import type { ClientExchange } from "../../observation/client-event.ts";
import { jsonIn, problemIn } from "./wire.ts";

/** What is wrong with an answer: what it says, and what it had to say. */
export interface Fault {
  readonly found: string;
  readonly due: string;
}

/** Holds the members that are given against those that were answered; the first that differs. */
export function firstDifference(
  found: Readonly<Record<string, unknown>>,
  due: Readonly<Record<string, unknown>>,
  place = "",
): Fault | undefined {
  for (const [name, value] of Object.entries(due)) {
    const [one, other] = [JSON.stringify(found[name]), JSON.stringify(value)];
    if (one !== other) return { found: `${place}${name} ${one}`, due: `${place}${name} ${other}` };
  }
  return undefined;
}

/** Reasons for which a request has to be refused; any of them may be told. */
export class DueRefusals {
  readonly #due = new Map<ProblemCode, Readonly<Record<string, unknown>>>();

  /** Adds a reason, where it holds, with what the problem has to say besides. */
  add(code: ProblemCode, holds: boolean, members: Readonly<Record<string, unknown>> = {}): this {
    if (holds) this.#due.set(code, members);
    return this;
  }

  /** Whether there is a reason. */
  get isAny(): boolean {
    return this.#due.size > 0;
  }

  /** What is wrong with a problem that is told instead of an answer, in a body or as a part's. */
  faultIn(problem: Readonly<Record<string, unknown>>, status: number): Fault | undefined {
    const due = [...this.#due.keys()].map(said).join(", ");
    const code = problem["code"] as ProblemCode | undefined;
    const members = code === undefined ? undefined : this.#due.get(code);
    if (code === undefined || members === undefined || PROBLEMS[code].status !== status)
      return { found: `${status} ${code ?? ""}`, due };
    return firstDifference(problem, members);
  }

  /** What is wrong with an answer to a request that has to be refused; a HEAD is told a status alone. */
  faultOf(exchange: ClientExchange): Fault | undefined {
    const { answer, method } = exchange;
    if (answer === undefined) return undefined;
    if (method !== "HEAD") return this.faultIn(jsonIn(answer.body), answer.status);
    const statuses = [...this.#due.keys()].map((code) => PROBLEMS[code].status);
    if (statuses.some((status) => status === answer.status)) return undefined;
    return { found: String(answer.status), due: statuses.join(", ") };
  }
}

/** What is wrong with the status of an answer to a request that has to be carried out. */
export function statusFault(
  exchange: ClientExchange,
  ...due: readonly number[]
): Fault | undefined {
  const { answer } = exchange;
  if (answer === undefined || due.includes(answer.status)) return undefined;
  return { found: `${answer.status} ${problemIn(exchange) ?? ""}`, due: due.join(", ") };
}

function said(code: ProblemCode): string {
  return `${PROBLEMS[code].status} ${code}`;
}
