import { Option } from "commander";

import { say } from "../../command-line/process-language.ts";
import { wholeNumber } from "./whole-number.ts";

/** `--workers`: how many threads run scenarios. */
export function workersOption(defaultCount: number): Option {
  return new Option("--workers <number>", say({ ja: "スレッドの数", en: "threads" }))
    .argParser(wholeNumber)
    .default(defaultCount);
}

/** `--fail-fast`: the first law that breaks is the end. */
export function failFastOption(): Option {
  return new Option(
    "--fail-fast",
    say({
      ja: "決まりが破られたら新しい実行を始めない",
      en: "begin no more runs once a law broke",
    }),
  );
}
