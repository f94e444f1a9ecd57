import { createInterface, type Interface } from "node:readline";

import type { CliIo } from "./cli-io.ts";

/**
 * Asks for single lines on a terminal: questions go to standard error, so that standard output stays
 * the command's result. What is typed while nothing is asked is no answer to a later question.
 */
export class LinePrompt implements Disposable {
  readonly #io: CliIo;
  #lines: Interface | undefined;
  #isOver = false;

  constructor(io: CliIo) {
    this.#io = io;
  }

  /** Whether there is somebody to ask. */
  static isPossible({ stdin, stderr }: CliIo): boolean {
    return stdin.isTTY === true && stderr.isTTY === true;
  }

  /** Resolves to what was typed, or to undefined when the input ended or `signal` was aborted. */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined> {
    if (this.#isOver || signal?.aborted === true) return Promise.resolve(undefined);
    const lines = (this.#lines ??= this.#open());
    this.#io.stderr.write(question);
    return new Promise((resolve) => {
      const answer = (line?: string): void => {
        lines.off("line", answer);
        lines.off("close", onEnd);
        signal?.removeEventListener("abort", onEnd);
        if (line === undefined) this.#io.stderr.write("\n");
        resolve(line);
      };
      const onEnd = (): void => answer();
      lines.on("line", answer);
      lines.on("close", onEnd);
      signal?.addEventListener("abort", onEnd);
    });
  }

  [Symbol.dispose](): void {
    this.#lines?.close();
  }

  #open(): Interface {
    // The terminal itself edits the line: Ctrl-C stays the signal that it is everywhere else.
    const lines = createInterface({ input: this.#io.stdin, terminal: false });
    lines.on("close", () => (this.#isOver = true));
    return lines;
  }
}
