import type { z } from "zod";

import type { CliIo } from "../cli-io.ts";
import type { Language, Words } from "../../../terminal/language.ts";
import type { LineKind, MembersOf } from "./line-kind.ts";
import { OUTPUT_SCHEMA } from "./output-schema-name.ts";
import { paintFor, type Paint } from "../../../terminal/style.ts";

interface OutputOptions {
  readonly json: boolean;
  readonly language: Language;
}

/**
 * Where a command's results go: JSON lines or text for people on standard output, never both.
 * What is only said along the way, and errors, go to standard error.
 */
export class Output {
  readonly isJson: boolean;
  readonly language: Language;
  /** Colours for standard output. */
  readonly paint: Paint;
  readonly #io: CliIo;

  constructor(io: CliIo, options: OutputOptions) {
    this.isJson = options.json;
    this.language = options.language;
    this.paint = paintFor(io.stdout);
    this.#io = io;
  }

  /** Columns of the terminal, or `undefined` when standard output is none. */
  get widthMax(): number | undefined {
    return this.#io.stdout.isTTY === true ? this.#io.stdout.columns : undefined;
  }

  /** A text in the command's language. */
  say(words: Words): string {
    return words[this.language];
  }

  /** Prints one JSON line; nothing when the output is for people. */
  json<Members extends z.core.$ZodLooseShape>(
    { type }: LineKind<string, Members>,
    members: MembersOf<Members>,
  ): void {
    if (!this.isJson) return;
    this.#io.stdout.write(`${JSON.stringify({ schema: OUTPUT_SCHEMA, type, ...members })}\n`);
  }

  /** Prints a text for people; does not even build it when the output is JSON. */
  text(build: () => string): void {
    if (!this.isJson) this.#io.stdout.write(`${build()}\n`);
  }

  /** Tells people something on standard error; silent with JSON. */
  note(words: Words): void {
    if (!this.isJson) this.#io.stderr.write(`${this.say(words)}\n`);
  }
}
