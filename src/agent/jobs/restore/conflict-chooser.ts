import type { Conflict, RestoreRequest } from "../requests.ts";
import type { ConflictChoice } from "../../../protocol/job-record.ts";
import { StoppedError, type StopSignal } from "../job-stop.ts";
import { Mutex } from "./mutex.ts";

/** Says what to do with what stands in the way (F42): by one choice, or by asking a person for each. */
export class ConflictChooser {
  readonly #wish: NonNullable<RestoreRequest["onConflict"]>;
  readonly #stop: StopSignal;
  readonly #asking = new Mutex();
  #forAll: ConflictChoice | undefined;

  constructor(wish: NonNullable<RestoreRequest["onConflict"]>, stop: StopSignal) {
    this.#wish = wish;
    this.#stop = stop;
  }

  /** Whether everything that stands in the way is left alone. */
  get isSkip(): boolean {
    return (this.#forAll ?? this.#wish) === "skip";
  }

  /** Whether everything that stands in the way is replaced. */
  get isOverwrite(): boolean {
    return (this.#forAll ?? this.#wish) === "overwrite";
  }

  /** Asks about one conflict at a time. Rejects with `StoppedError` when the job is to stop meanwhile. */
  choose(conflict: Conflict): Promise<ConflictChoice> {
    const wish = this.#wish;
    if (typeof wish === "string") return Promise.resolve(wish);
    return this.#asking.run(async () => {
      if (this.#forAll !== undefined) return this.#forAll;
      const { choice, forAll } = await this.#unlessStopped(wish(conflict));
      if (forAll) this.#forAll = choice;
      return choice;
    });
  }

  async #unlessStopped<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const release = this.#stop.onStop(() => reject(new StoppedError()));
    if (this.#stop.reason !== undefined) reject(new StoppedError());
    try {
      return await Promise.race([answer, stopped]);
    } finally {
      release();
    }
  }
}
