import type { Command } from "commander";

import type { CommandRunner } from "../command-runner.ts";
import { EXIT_CODES } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";

/** `schema`: prints the JSON Schema of a line of `--json` output. */
export function addSchema(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("schema")
    .description(
      runner.say({ ja: "--json 出力のJSON Schemaを表示", en: "print the JSON Schema of --json" }),
    )
    .action(() =>
      runner.run(command.optsWithGlobals(), async ({ io, output }) => {
        const { outputJsonSchema } = await import("../views/output-schema.ts");
        const indent = output.isJson ? undefined : 2;
        io.stdout.write(`${JSON.stringify(outputJsonSchema(output.language), null, indent)}\n`);
        return EXIT_CODES.completed;
      }),
    );
  helpText(command, runner, ["azukeru-agent schema > azukeru-agent.schema.json"]);
}
