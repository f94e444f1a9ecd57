import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { say } from "../../src/command-line/process-language.ts";
import { fallenScores, readAccepted, writeAccepted } from "./accepted.ts";
import { changedLines } from "./changed-lines.ts";
import { Equivalents } from "./equivalents.ts";
import { HELP } from "./help.ts";
import { isInSample, type Mutant } from "./mutant.ts";
import { mutatedFiles } from "./mutated-files.ts";
import { PassFolder } from "./pass-folder.ts";
import { preparePass } from "./prepare-pass.ts";
import { describeMutant, renderScores } from "./render-scores.ts";
import { runUnits, unitVerdicts } from "./run-units.ts";
import { runSlice } from "./run-slice.ts";
import { scenarioPool } from "./scenario-pool.ts";
import { scoresOf } from "./scores.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const LISTS = join(PROJECT, "fixtures/mutation");

/** Between two lines that say how far it is. */
const PROGRESS_EVERY_MS = 10_000;

const NOTICERS = ["both", "scenarios", "units"];

/** Of the time of a slice, how much is kept for the unit tests. */
const UNITS_SHARE = 0.3;

const EXIT = { good: 0, fallen: 1, usage: 2 } as const;

const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "1000" },
    since: { type: "string" },
    only: { type: "string", multiple: true, default: [] },
    key: { type: "string", multiple: true, default: [] },
    "one-in": { type: "string", default: "1" },
    "runs-max": { type: "string", default: "60" },
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    by: { type: "string", default: "both" },
    workers: { type: "string", default: "2" },
    resume: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
    survivors: { type: "boolean", default: false },
    accept: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    lang: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(`${say(HELP)}\n`);
else process.exitCode = await mutate();

async function mutate(): Promise<number> {
  const oneIn = count("one-in");
  const runCountMax = count("runs-max");
  if (!NOTICERS.includes(values.by)) {
    process.stderr.write(
      `${say({ ja: "--by は", en: "--by is one of" })} ${NOTICERS.join(", ")}\n`,
    );
    return EXIT.usage;
  }
  const changed = values.since === undefined ? undefined : changedLines(PROJECT, values.since);
  const name = changed === undefined ? "out/mutation" : "out/mutation-changed";
  const folder = new PassFolder(join(PROJECT, name));
  const isChosen = (mutant: Mutant): boolean =>
    (values.only.length === 0 || values.only.some((start) => mutant.file.startsWith(start))) &&
    (values.key.length === 0 || values.key.includes(mutant.key)) &&
    (changed === undefined || isOnChangedLine(mutant, changed.get(mutant.file) ?? []));
  const all = mutatedFiles(PROJECT);
  const files = changed === undefined ? all : all.filter((file) => changed.has(file));
  if (!values.report) await work({ folder, files, isChosen, oneIn, runCountMax });
  if (!folder.has("mutants") || !folder.has("at-load")) {
    process.stderr.write(
      `${say({ ja: "まだ結果がありません", en: "there are no results yet" })}\n`,
    );
    return EXIT.usage;
  }

  const mutants = folder
    .read("mutants")
    .filter((mutant) => isInSample(mutant, oneIn) && isChosen(mutant));
  const byScenarios = new Map(folder.lines("by-scenarios").map((line) => [line.key, line]));
  const byUnits = unitVerdicts(folder, mutants);
  const equivalents = Equivalents.read(join(LISTS, "equivalent.yaml"));
  const scores = scoresOf(mutants, byScenarios, byUnits, equivalents);
  const acceptedFile = join(LISTS, "accepted.json");
  const accepted = readAccepted(acceptedFile);
  const isWhole = changed === undefined && values.key.length === 0;
  const isHeld = isWhole && accepted?.oneIn === oneIn && accepted.runCountMax === runCountMax;
  const fallen = isHeld ? fallenScores(scores, accepted) : [];
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ kind: "summary", scores, fallen })}\n`);
  } else {
    const isAll = values.key.length > 0;
    for (const mutant of values.survivors || isAll ? mutants : []) {
      const verdict = byScenarios.get(mutant.key);
      const isOpen =
        /^(survived|not-reached)$/.test(verdict?.kind ?? "") &&
        equivalents.reasonOf(mutant) === undefined;
      if (verdict === undefined || (!isAll && !isOpen)) continue;
      process.stdout.write(`${describeMutant(mutant, verdict, byUnits.get(mutant.key))}\n`);
    }
    process.stdout.write(`${renderScores(scores)}\n`);
  }
  for (const { folder: where, accepted: before, scenarioScore } of fallen) {
    const text = say({
      ja: `${where} のスコアが ${before}% から ${scenarioScore}% に下がりました`,
      en: `the score of ${where} fell from ${before} % to ${scenarioScore} %`,
    });
    process.stderr.write(`${text}\n`);
  }
  if (values.accept && isWhole) writeAccepted(acceptedFile, scores, { oneIn, runCountMax });
  return fallen.length > 0 && !values.accept ? EXIT.fallen : EXIT.good;
}

/** What is to be done, as far as there is time. */
interface Work {
  readonly folder: PassFolder;
  readonly files: readonly string[];
  readonly isChosen: (mutant: Mutant) => boolean;
  readonly oneIn: number;
  readonly runCountMax: number;
}

async function work({ folder, files, isChosen, oneIn, runCountMax }: Work): Promise<void> {
  const startMs = performance.now();
  const limitMs = Number(values.hours) * 3_600_000;
  const leftMs = (): number => limitMs - (performance.now() - startMs);
  const workerCount = count("workers");
  let shownAtMs = -Infinity;
  const progress = (line: string): void => {
    if (performance.now() - shownAtMs < PROGRESS_EVERY_MS) return;
    shownAtMs = performance.now();
    process.stderr.write(`${line}\n`);
  };
  await preparePass(folder, {
    project: PROJECT,
    files,
    pool: scenarioPool(PROJECT, count("seed"), count("runs")),
    workerCount,
    resumes: values.resume,
    isTimeUp: () => leftMs() <= 0,
    onProgress: (what, done, total) => {
      const words = {
        instrument: { ja: "写しにミュータントを入れる", en: "putting mutants into a copy" },
        coverage: { ja: "シナリオが到達する所", en: "what the scenarios reach" },
      };
      progress(`${say(words[what])}: ${done}/${total}`);
    },
  });
  if (values.by !== "units") {
    const keptMs = values.by === "both" ? leftMs() * UNITS_SHARE : 0;
    await runSlice(folder, {
      workerCount,
      runCountMax,
      oneIn,
      isChosen,
      again: values.key.length > 0,
      isTimeUp: () => leftMs() <= keptMs,
      onVerdict: (mutant, verdict, done, total) => {
        if (values.json) process.stdout.write(`${JSON.stringify({ ...mutant, ...verdict })}\n`);
        progress(say({ ja: `ミュータント ${done}/${total}`, en: `mutants ${done}/${total}` }));
      },
    });
  }
  if (values.by !== "scenarios" && leftMs() > 0) {
    await runUnits(folder, {
      mutants: folder
        .read("mutants")
        .filter((mutant) => isInSample(mutant, oneIn) && isChosen(mutant)),
      leftMs,
      onPhase: (phase, fileCount) => {
        const words = {
          reached: { ja: "単体テストが到達する所", en: "what the unit tests reach" },
          tries: { ja: "単体テストで試す", en: "trying with unit tests" },
        };
        process.stderr.write(`${say(words[phase])}: ${fileCount}\n`);
      },
    });
  }
}

/** Mutants of whole blocks begin where the block does: what is around a change is no part of it. */
function isOnChangedLine(
  { line }: Mutant,
  ranges: readonly (readonly [first: number, last: number])[],
): boolean {
  return ranges.some(([first, last]) => line >= first && line <= last);
}

function count(name: "workers" | "one-in" | "runs-max" | "runs" | "seed"): number {
  const given = values[name];
  if (/^\d{1,9}$/.test(given) && Number(given) >= 1) return Number(given);
  process.stderr.write(
    `${say({ ja: `--${name} は1以上の整数です`, en: `--${name} is a whole number from 1` })}\n`,
  );
  process.exit(EXIT.usage);
}
