import type { Conflict, ConflictAnswer } from "../jobs/requests.ts";
import type { LinePrompt } from "./line-prompt.ts";
import { renderConflict, renderConflictQuestion } from "./views/conflict.ts";
import type { Output } from "./output/output.ts";

interface ConflictAskerOptions {
  readonly prompt: LinePrompt;
  readonly output: Output;
  /** Writes to the terminal. */
  readonly write: (text: string) => void;
  /** Takes the progress off the screen until the returned function is called. */
  readonly pauseProgress: () => () => void;
  /** Nobody is to be waited for any more. */
  readonly ending: AbortSignal;
}

const CHOICES = { o: "overwrite", k: "keep-both", s: "skip" } as const;

/** The answer of nobody: what stands there is not touched. */
const SKIP_ALL: ConflictAnswer = { choice: "skip", forAll: true };

/**
 * Asks a person about each file in the way of a restore (F42), one at a time. `o`, `k`, `s`; a
 * capital letter answers for all the rest. When the input ends or the tool closes, the rest is
 * skipped.
 */
export class ConflictAsker {
  readonly #options: ConflictAskerOptions;
  #last: Promise<ConflictAnswer | undefined> = Promise.resolve(undefined);

  constructor(options: ConflictAskerOptions) {
    this.#options = options;
  }

  ask(conflict: Conflict): Promise<ConflictAnswer> {
    const answer = this.#last.then((last) => (last?.forAll === true ? last : this.#ask(conflict)));
    this.#last = answer;
    return answer;
  }

  async #ask(conflict: Conflict): Promise<ConflictAnswer> {
    const { prompt, output, write, pauseProgress, ending } = this.#options;
    const resume = pauseProgress();
    try {
      write(`${renderConflict(conflict, output)}\n`);
      for (;;) {
        const line = await prompt.ask(renderConflictQuestion(output), ending);
        if (line === undefined) return SKIP_ALL;
        const answer = answerOf(line.trim());
        if (answer !== undefined) return answer;
      }
    } finally {
      resume();
    }
  }
}

function answerOf(typed: string): ConflictAnswer | undefined {
  const letter = typed.toLowerCase();
  if (letter !== "o" && letter !== "k" && letter !== "s") return undefined;
  return { choice: CHOICES[letter], forAll: typed !== letter };
}
