import type { ExchangeFailure } from "../../protocol/causes/exchange-failure.ts";
import { retryDelayMs } from "../core/retry-delay.ts";
import type { Waits, Waiter } from "../core/waits.ts";
import type { Clock } from "../ports/clock.ts";
import type { Entropy } from "../ports/entropy.ts";
import { ServiceError } from "../ports/service.ts";
import type { Tuning } from "../tuning.ts";
import { StoppedError, type StopSignal } from "./job-stop.ts";
import { pause } from "./pause.ts";

interface RetrierOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly tuning: Pick<
    Tuning,
    "retryBudgetMs" | "foreignRetryBudgetMs" | "retryDelayMs" | "retryDelayMsMax"
  >;
  readonly stop: StopSignal;
  /** Told what is waited for. Default: nobody is. */
  readonly waits?: Pick<Waits, "waiter"> | undefined;
  /** Called each time an exchange failed for good, before its error is thrown. */
  readonly onExhausted: (error: ServiceError) => Promise<void>;
}

/** An answer came, and it is not the service's. */
const FOREIGN_WAYS: ReadonlySet<ExchangeFailure> = new Set(["foreign", "off-contract"]);

/**
 * Tries exchanges again while their failure is transient and the budget lasts (D10). Each time a
 * budget ends and nothing succeeded since, the next is half as long (but leaves one more try), so
 * that a service that refuses every file does not keep a job for days. A success restores it.
 */
export class Retrier {
  readonly #options: RetrierOptions;
  #exhaustedInARow = 0;

  constructor(options: RetrierOptions) {
    this.#options = options;
  }

  /**
   * Resolves as `operation` does; rejects with its `ServiceError`, or `StoppedError`. A try that
   * failed but got further than any before it (`gotFurther`) counts as a success: the budget begins
   * anew. Default: none does.
   */
  async run<Result>(
    operation: () => Promise<Result>,
    gotFurther: () => boolean = () => false,
  ): Promise<Result> {
    const waiter = this.#options.waits?.waiter();
    let isAnswered = false;
    try {
      const result = await this.#run(operation, gotFurther, waiter);
      isAnswered = true;
      return result;
    } finally {
      waiter?.ends(isAnswered);
    }
  }

  async #run<Result>(
    operation: () => Promise<Result>,
    gotFurther: () => boolean,
    waiter: Waiter | undefined,
  ): Promise<Result> {
    const { clock, entropy, tuning, stop } = this.#options;
    let startedAtMs = clock.elapsedMs();
    let budgetMs = tuning.retryBudgetMs / 2 ** this.#exhaustedInARow;
    for (let attempt = 1; ; attempt += 1) {
      if (stop.reason !== undefined) throw new StoppedError();
      try {
        const result = await operation();
        this.#exhaustedInARow = 0;
        return result;
      } catch (error) {
        if (stop.reason !== undefined) throw new StoppedError();
        if (!(error instanceof ServiceError) || error.failure.kind !== "communication") throw error;
        if (!error.failure.transient) throw error;
        // What trickles gets further at each try, for ever.
        if (gotFurther() && error.failure.isTooSlow !== true) {
          this.#exhaustedInARow = 0;
          startedAtMs = clock.elapsedMs();
          budgetMs = tuning.retryBudgetMs;
          attempt = 1;
        }
        const delayMs = Math.max(
          retryDelayMs(tuning, attempt, entropy.random()),
          error.failure.retryAfterMs ?? 0,
        );
        const isForeign = FOREIGN_WAYS.has(error.failure.way);
        const budgetNowMs = isForeign ? Math.min(budgetMs, tuning.foreignRetryBudgetMs) : budgetMs;
        const isOver = clock.elapsedMs() - startedAtMs + delayMs > budgetNowMs;
        // A shrunk budget leaves one more try, unless the service asks for more than a whole one.
        const isLeftATry =
          attempt === 1 && this.#exhaustedInARow > 0 && delayMs <= tuning.retryBudgetMs;
        if (isOver && !isLeftATry) {
          this.#exhaustedInARow = Math.min(this.#exhaustedInARow + 1, 30);
          await this.#options.onExhausted(error);
          throw error;
        }
        const spentMs = clock.elapsedMs() - startedAtMs;
        waiter?.waits({
          reason: error.reason,
          way: error.failure.way,
          nextTryInMs: delayMs,
          leftMs: Math.max(budgetNowMs - spentMs, delayMs),
        });
        await pause(clock, delayMs, stop);
      }
    }
  }
}
