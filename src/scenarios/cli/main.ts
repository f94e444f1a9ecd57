import { Command } from "commander";

import { serveCommand } from "../../sim-server/cli/serve-command.ts";
import { endWithoutReader } from "./end-without-reader.ts";
import { mutantsCommand } from "./mutants-command.ts";
import { replayCommand } from "./replay-command.ts";
import { scenariosCommand } from "./scenarios-command.ts";
import { sweepCommand } from "./sweep-command.ts";

const EXAMPLES = `
Examples:
  $ azukeru-sim serve --port 8080
  $ azukeru-sim scenarios
  $ azukeru-sim replay out/I1-123.yaml --trace`;

/** The `azukeru-sim` program. */
const program = new Command("azukeru-sim")
  .description("the world of the backup tool, simulated: its service on real ports, and its days")
  .addCommand(serveCommand())
  .addCommand(scenariosCommand())
  .addCommand(replayCommand())
  .addCommand(sweepCommand())
  .addCommand(mutantsCommand())
  .addHelpText("after", EXAMPLES);

endWithoutReader();
await program.parseAsync();
