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
import { describeSurvivor, renderScores } from "./render-scores.ts";
import { runSlice } from "./run-slice.ts";
import { scenarioPool } from "./scenario-pool.ts";
import { scoresOf } from "./scores.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const LISTS = join(PROJECT, "fixtures/mutation");

/** Between two lines that say how far it is. */
const PROGRESS_EVERY_MS = 10_000;

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
  const startMs = performance.now();
  const workerCount = count("workers");
  const oneIn = count("one-in");
  const runCountMax = count("runs-max");
  const changed = values.since === undefined ? undefined : changedLines(PROJECT, values.since);
  const all = mutatedFiles(PROJECT);
  const files = changed === undefined ? all : all.filter((file) => changed.has(file));
  const name = changed === undefined ? "out/mutation" : "out/mutation-changed";
  const folder = new PassFolder(join(PROJECT, name));

  const timeLimitMs = Number(values.hours) * 3_600_000;
  const isTimeUp = (): boolean => performance.now() - startMs > timeLimitMs;
  let shownAtMs = -Infinity;
  const progress = (line: string): void => {
    if (performance.now() - shownAtMs < PROGRESS_EVERY_MS) return;
    shownAtMs = performance.now();
    process.stderr.write(`${line}\n`);
  };
  if (!values.report) {
    await preparePass(folder, {
      project: PROJECT,
      files,
      pool: scenarioPool(PROJECT, count("seed"), count("runs")),
      workerCount,
      resumes: values.resume,
      isTimeUp,
      onProgress: (what, done, total) => {
        const words = {
          instrument: { ja: "写しにミュータントを入れる", en: "putting mutants into a copy" },
          coverage: { ja: "シナリオが到達する所", en: "what the scenarios reach" },
        };
        progress(`${say(words[what])}: ${done}/${total}`);
      },
    });
  }
  if (!folder.has("mutants")) {
    process.stderr.write(
      `${say({ ja: "まだ結果がありません", en: "there are no results yet" })}\n`,
    );
    return EXIT.usage;
  }

  const isChosen = (mutant: Mutant): boolean =>
    (values.only.length === 0 || values.only.some((start) => mutant.file.startsWith(start))) &&
    (values.key.length === 0 || values.key.includes(mutant.key)) &&
    (changed === undefined || isOnChangedLine(mutant, changed.get(mutant.file) ?? []));
  if (!values.report && !isTimeUp()) {
    await runSlice(folder, {
      workerCount,
      runCountMax,
      oneIn,
      isChosen,
      isTimeUp,
      onVerdict: (mutant, verdict, done, total) => {
        if (values.json) process.stdout.write(`${JSON.stringify({ ...mutant, ...verdict })}\n`);
        progress(say({ ja: `ミュータント ${done}/${total}`, en: `mutants ${done}/${total}` }));
      },
    });
  }

  const mutants = folder
    .read("mutants")
    .filter((mutant) => isInSample(mutant, oneIn) && isChosen(mutant));
  const lines = folder.lines("by-scenarios");
  const verdicts = new Map(lines.map((verdict) => [verdict.key, verdict]));
  const equivalents = Equivalents.read(join(LISTS, "equivalent.yaml"));
  const scores = scoresOf(mutants, verdicts, equivalents);
  const acceptedFile = join(LISTS, "accepted.json");
  const accepted = readAccepted(acceptedFile);
  const isHeld =
    accepted?.oneIn === oneIn && accepted.runCountMax === runCountMax && values.key.length === 0;
  const fallen = isHeld && changed === undefined ? fallenScores(scores, accepted) : [];
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ kind: "summary", scores, fallen })}\n`);
  } else {
    if (values.survivors || values.key.length > 0) {
      for (const mutant of mutants) {
        const verdict = verdicts.get(mutant.key);
        const isTold = values.key.length > 0 || equivalents.reasonOf(mutant) === undefined;
        if (verdict !== undefined && isTold) {
          const text = describeSurvivor(mutant, verdict, values.key.length > 0);
          if (text !== undefined) process.stdout.write(`${text}\n`);
        }
      }
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
  if (values.accept) writeAccepted(acceptedFile, scores, { oneIn, runCountMax });
  return fallen.length > 0 && !values.accept ? EXIT.fallen : EXIT.good;
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
