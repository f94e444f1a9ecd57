import { Command, InvalidArgumentError, Option } from "commander";

import { paintFor } from "../../terminal/style.ts";
import { ignoreGoneProcesses } from "../simulation/process/ignore-gone-processes.ts";
import { runScenario } from "../simulation/run-scenario.ts";
import type { DeleteRun } from "../observation/delete-run.ts";
import { judgedAs } from "../checkers/shared/violation.ts";
import type { RestoreRun } from "../observation/restore-run.ts";
import type { BackupRun } from "../observation/backup-run.ts";
import type { InertPart } from "../observation/inert-part.ts";
import { readScenarioFile, ScenarioFileError, type ScenarioFile } from "../runs/read-scenario.ts";
import { checkedWithItsRelation } from "../runs/run-one.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { inertText } from "./inert-text.ts";
import { limitViolations } from "./limit-violations.ts";
import { say, speak, processLanguage } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { tell } from "./tell.ts";
import { renderTrace } from "./render-trace.ts";

const EXAMPLES = `
${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim replay out/I1-123.yaml
  $ azukeru-sim replay fixtures/regressions/some-case.yaml --trace
  $ azukeru-sim replay fixtures/regressions/some-case.yaml --trace=canonical > trace.txt

${say({
  ja: `終了コード: 0 すべての決まりが守られた、1 決まりが破られた、2 シナリオのファイルではない、またはハーネス自体の
エラー、4 --strict で、何も起こさない部分がある`,
  en: `Exit codes: 0 every law held, 1 a law broke, 2 the file is no scenario or the harness itself failed, 4 with
--strict: a part of the scenario did nothing.`,
})}`;

/** For people, or line by line as it is hashed and compared. */
type TraceForm = "people" | "canonical";

function traceForm(text: string): TraceForm {
  if (text === "people" || text === "canonical") return text;
  throw new InvalidArgumentError(
    say({
      ja: "ファイルは --trace の前に書くか、--trace=canonical と書いてください",
      en: "give the file before --trace, or write --trace=canonical",
    }),
  );
}

interface Options {
  readonly trace?: TraceForm;
  readonly strict?: boolean;
}

/** `azukeru-sim replay`. */
export function replayCommand(): Command {
  return new Command("replay")
    .description(
      say({
        ja: "ファイルのシナリオを1つ実行し、検証する",
        en: "live through one scenario of a file and judge it",
      }),
    )
    .argument("<file>", say({ ja: "YAMLまたはJSONのシナリオ", en: "a scenario as YAML or JSON" }))
    .option(
      "--strict",
      say({
        ja: "何も起こさない部分があれば (警告のとおり) 終了コードを4にする",
        en: "end with 4 when a part of the scenario did nothing, as the warnings say",
      }),
    )
    .addOption(
      new Option(
        "--trace [form]",
        say({
          ja: "起きたことをすべて1行ずつ表示。読む人向け、または canonical (機械向け)",
          en: "show everything that happened, line by line: for people, or canonical for machines",
        }),
      )
        .preset("people")
        .argParser(traceForm),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, options: Options) => {
      process.exitCode = await replay(file, options);
    });
}

async function replay(file: string, { trace, strict }: Options): Promise<number> {
  ignoreGoneProcesses();
  let read;
  try {
    read = readScenarioFile(file);
  } catch (error) {
    if (!(error instanceof ScenarioFileError)) throw error;
    tell(error);
    return EXIT_CODES.usage;
  }
  const paint = paintFor(process.stdout);
  const record = await runScenario(read.scenario, { keepLines: Infinity });
  const { violations } = await checkedWithItsRelation(record);
  if (trace !== undefined) {
    const lines = trace === "people" ? renderTrace(record) : record.trace;
    process.stdout.write(`${lines.join("\n")}\n\n`);
  }
  const jobs = [...record.backups, ...record.deletions, ...record.restores].toSorted(
    (one, other) => one.step - other.step || one.job.id - other.job.id,
  );
  for (const run of jobs) process.stdout.write(`${jobLine(run)}\n`);
  for (const { invariant, text, shown, furtherCount } of limitViolations(violations)) {
    process.stdout.write(`${paint("bad", `${invariant}: ${say(text)}`)}\n`);
    for (const one of shown) process.stdout.write(`  ${speak(one.message)}\n`);
    if (furtherCount > 0) {
      const further = message("harness.further", { count: furtherCount, law: invariant });
      process.stdout.write(`  ${speak(further)}\n`);
    }
  }
  warn(record.inertParts, read);
  const verdict = VERDICTS[judgedAs(violations)];
  const hash = message("harness.trace", { hash: record.traceHash });
  process.stdout.write(`${paint(verdict.style, speak(verdict.said))}; ${speak(hash)}\n`);
  if (strict === true && verdict.exitCode === EXIT_CODES.good && record.inertParts.length > 0)
    return EXIT_CODES.inert;
  return verdict.exitCode;
}

/** Says of each part of the scenario that did nothing where it stands and why, in the order of the file. */
function warn(parts: readonly InertPart[], { placeOf }: ScenarioFile): void {
  const paint = paintFor(process.stderr);
  const language = processLanguage();
  const title = speak(message("harness.warning"));
  const lines = parts.map(({ path, reason }) => `${placeOf(path)}: ${inertText(reason, language)}`);
  const inOrder = lines.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }));
  for (const line of inOrder) process.stderr.write(`${paint("bad", title)}: ${line}\n`);
}

const VERDICTS = {
  good: { said: message("harness.every-law-held"), style: "good", exitCode: EXIT_CODES.good },
  "law-broken": {
    said: message("harness.a-law-broke"),
    style: "bad",
    exitCode: EXIT_CODES.violation,
  },
  "harness-failed": {
    said: message("harness.itself-failed"),
    style: "bad",
    exitCode: EXIT_CODES.usage,
  },
} as const;

function jobLine(run: BackupRun | DeleteRun | RestoreRun): string {
  const { step, sourcePath, job, rows } = run;
  const counts = Object.entries(Object.groupBy(rows, ({ status }) => status));
  const files = counts.map(([status, some]) => `${some?.length ?? 0} ${status}`).join(", ");
  const where =
    "to" in run
      ? message("harness.restore-to", { to: run.to })
      : message("harness.phase", { phase: run.phase, device: run.device });
  const { kind, status, causes } = job;
  return speak(
    message("harness.job", {
      step,
      where,
      source: sourcePath,
      kind,
      status,
      causes: causes.join(", "),
      files,
    }),
  );
}
