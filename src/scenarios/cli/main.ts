import { Command, CommanderError } from "commander";

import { execCommand } from "../../sim-server/cli/exec-command.ts";
import { serveCommand } from "../../sim-server/cli/serve-command.ts";
import { endWithoutReader } from "./end-without-reader.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { mutantsCommand } from "./mutants-command.ts";
import { replayCommand } from "./replay-command.ts";
import { scenariosCommand } from "./scenarios-command.ts";
import { sweepCommand } from "./sweep-command.ts";

const EXAMPLES = `
Examples:
  $ azukeru-sim serve --port 8080
  $ azukeru-sim exec -- npm test
  $ azukeru-sim scenarios
  $ azukeru-sim replay out/I1-123.yaml --trace`;

/** The `azukeru-sim` program. */
const program = new Command("azukeru-sim")
  .description("the world of the backup tool, simulated: its service on real ports, and its days")
  .addCommand(serveCommand())
  .addCommand(execCommand())
  .addCommand(scenariosCommand())
  .addCommand(replayCommand())
  .addCommand(sweepCommand())
  .addCommand(mutantsCommand())
  .addHelpText("after", EXAMPLES);

/** A command takes this over from its parent only when the parent makes it. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const below of command.commands) throwInsteadOfExit(below);
}

endWithoutReader();
throwInsteadOfExit(program);
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // What is wrong is written already; help and version end well.
    process.exitCode = error.exitCode === 0 ? EXIT_CODES.good : EXIT_CODES.usage;
  } else {
    // Node would end with 1, which says that a law broke.
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`azukeru-sim itself failed: ${reason}\n`);
    process.exitCode = EXIT_CODES.usage;
  }
}
