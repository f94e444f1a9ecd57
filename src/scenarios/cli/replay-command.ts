import { Command } from "commander";

import { languageAskedFor, languageOf } from "../../terminal/language.ts";
import { paintFor } from "../../terminal/style.ts";
import { ignoreGoneProcesses } from "../simulation/process/ignore-gone-processes.ts";
import { runScenario } from "../simulation/run-scenario.ts";
import type { DeleteRun } from "../observation/delete-run.ts";
import { checkRun } from "../checkers/check-run.ts";
import { judgedAs } from "../checkers/shared/violation.ts";
import type { RestoreRun } from "../observation/restore-run.ts";
import type { BackupRun } from "../observation/backup-run.ts";
import type { InertPart } from "../observation/inert-part.ts";
import { readScenarioFile, ScenarioFileError, type ScenarioFile } from "../runs/read-scenario.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { inertText } from "./inert-text.ts";
import { limitViolations } from "./limit-violations.ts";

const EXAMPLES = `
Examples:
  $ azukeru-sim replay out/I1-123.yaml
  $ azukeru-sim replay fixtures/regressions/some-case.yaml --trace

Exit codes: 0 every law held, 1 a law broke, 2 the file is no scenario or the harness itself failed, 4 with
--strict: a part of the scenario did nothing.`;

interface Options {
  readonly trace?: boolean;
  readonly strict?: boolean;
}

/** `azukeru-sim replay`. */
export function replayCommand(): Command {
  return new Command("replay")
    .description("live through one scenario of a file and judge it")
    .argument("<file>", "a scenario as YAML or JSON")
    .option("--strict", "end with 4 when a part of the scenario did nothing, as the warnings say")
    .option("--trace", "show everything that happened, line by line")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, options: Options) => {
      process.exitCode = await replay(file, options);
    });
}

async function replay(file: string, { trace: withTrace, strict }: Options): Promise<number> {
  ignoreGoneProcesses();
  let read;
  try {
    read = readScenarioFile(file);
  } catch (error) {
    if (!(error instanceof ScenarioFileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return EXIT_CODES.usage;
  }
  const paint = paintFor(process.stdout);
  const record = await runScenario(read.scenario, { keepLines: Infinity });
  const { violations } = checkRun(record);
  if (withTrace === true) process.stdout.write(`${record.trace.join("\n")}\n\n`);
  const jobs = [...record.backups, ...record.deletions, ...record.restores].toSorted(
    (one, other) => one.step - other.step || one.job.id - other.job.id,
  );
  for (const run of jobs) process.stdout.write(`${jobLine(run)}\n`);
  for (const { invariant, text, shown, furtherCount } of limitViolations(violations)) {
    process.stdout.write(`${paint("bad", `${invariant}: ${text}`)}\n`);
    for (const { message } of shown) process.stdout.write(`  ${message}\n`);
    if (furtherCount > 0) process.stdout.write(`  and ${furtherCount} more of ${invariant}\n`);
  }
  warn(record.inertParts, read);
  const verdict = VERDICTS[judgedAs(violations)];
  process.stdout.write(`${paint(verdict.style, verdict.text)}; trace ${record.traceHash}\n`);
  if (strict === true && verdict.exitCode === EXIT_CODES.good && record.inertParts.length > 0)
    return EXIT_CODES.inert;
  return verdict.exitCode;
}

/** Says of each part of the scenario that did nothing where it stands and why, in the order of the file. */
function warn(parts: readonly InertPart[], { placeOf }: ScenarioFile): void {
  const paint = paintFor(process.stderr);
  const language = languageAskedFor(process.argv) ?? languageOf(process.env);
  const lines = parts.map(({ path, reason }) => `${placeOf(path)}: ${inertText(reason, language)}`);
  const inOrder = lines.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }));
  for (const line of inOrder) process.stderr.write(`${paint("bad", "warning")}: ${line}\n`);
}

const VERDICTS = {
  good: { text: "every law held", style: "good", exitCode: EXIT_CODES.good },
  "law-broken": { text: "a law broke", style: "bad", exitCode: EXIT_CODES.violation },
  "harness-failed": { text: "the harness itself failed", style: "bad", exitCode: EXIT_CODES.usage },
} as const;

function jobLine(run: BackupRun | DeleteRun | RestoreRun): string {
  const { step, sourcePath, job, rows } = run;
  const counts = Object.entries(Object.groupBy(rows, ({ status }) => status));
  const files = counts.map(([status, some]) => `${some?.length ?? 0} ${status}`).join(", ");
  const where = "to" in run ? `(restore to ${run.to})` : `(${run.phase}, ${run.device})`;
  const what = `step ${step} ${where} ${sourcePath}`;
  return `${what}: ${job.kind} ${job.status} [${job.causes.join(", ")}] ${files}`;
}
