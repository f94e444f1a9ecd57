import { Command, CommanderError, Option } from "commander";

import { execCommand } from "../../sim-server/cli/exec-command.ts";
import { serveCommand } from "../../sim-server/cli/serve-command.ts";
import { endWithoutReader } from "./end-without-reader.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { fuzzCommand } from "./fuzz-command.ts";
import { mergeCommand } from "./merge-command.ts";
import { mutantsCommand } from "./mutants-command.ts";
import { replayCommand } from "./replay-command.ts";
import { scenariosCommand } from "./scenarios-command.ts";
import { sweepCommand } from "./sweep-command.ts";
import { sweepFaultsCommand } from "./sweep-faults-command.ts";
import { message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";
import { processLanguage, say, speak } from "../../command-line/process-language.ts";
import { translateHelp } from "../../command-line/translate-help.ts";
import { usageReason } from "../../command-line/usage-reason.ts";
import { LANGUAGES } from "../../terminal/language.ts";

const EXAMPLES = `
${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim serve --port 8080
  $ azukeru-sim exec -- npm test
  $ azukeru-sim scenarios
  $ azukeru-sim replay out/I1-123.yaml --trace`;

/** The `azukeru-sim` program. */
const program = new Command("azukeru-sim")
  .description(
    say({
      ja: "バックアップツールの周りの世界を模擬する: 実際のポートのサービスと、PCの日々",
      en: "the world of the backup tool, simulated: its service on real ports, and its days",
    }),
  )
  .addOption(
    new Option("--lang <LANG>", say({ ja: "表示する言語", en: "language" })).choices(LANGUAGES),
  )
  .addCommand(serveCommand())
  .addCommand(execCommand())
  .addCommand(scenariosCommand())
  .addCommand(fuzzCommand())
  .addCommand(mergeCommand())
  .addCommand(replayCommand())
  .addCommand(sweepCommand())
  .addCommand(sweepFaultsCommand())
  .addCommand(mutantsCommand())
  .addHelpText("after", EXAMPLES);

/** A command takes this over from its parent only when the parent makes it. */
function prepare(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  translateHelp(command, processLanguage());
  for (const below of command.commands) prepare(below);
}

endWithoutReader();
prepare(program);
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version end well.
    if (error.exitCode !== 0) process.stderr.write(`${speak(usageReason(error))}\n`);
    process.exitCode = error.exitCode === 0 ? EXIT_CODES.good : EXIT_CODES.usage;
  } else {
    // Node would end with 1, which says that a law broke.
    process.stderr.write(`${speak(message("harness.failed", { why: reasonOf(error) }))}\n`);
    if (error instanceof Error && error.stack !== undefined) {
      process.stderr.write(`${error.stack}\n`);
    }
    process.exitCode = EXIT_CODES.usage;
  }
}
