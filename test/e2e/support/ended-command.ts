import { outputLineSchema } from "../../../src/agent/cli/views/output-schema.ts";
import type { OutputLine } from "../../../src/agent/cli/views/output-schema.ts";

/** What is left of a command of the agent when it has ended. */
export class EndedCommand {
  /** The exit code, or the signal that ended the process. */
  readonly exit: number | string;
  readonly out: string;
  readonly err: string;

  constructor(exit: number | string, out: string, err: string) {
    this.exit = exit;
    this.out = out;
    this.err = err;
  }

  /** Every line of standard output, each checked against the schema. */
  get lines(): readonly OutputLine[] {
    const lines = this.out.split("\n").filter((line) => line !== "");
    return lines.map((line) => outputLineSchema.parse(JSON.parse(line)));
  }

  /** The lines of one type. */
  linesOf<Type extends OutputLine["type"]>(type: Type): Extract<OutputLine, { type: Type }>[] {
    return this.lines.filter(
      (line): line is Extract<OutputLine, { type: Type }> => line.type === type,
    );
  }
}
