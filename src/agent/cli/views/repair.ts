import { printable } from "../../../messages/printable.ts";
import { formatCount } from "../../../terminal/format-bytes.ts";
import { lineKind } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import type { RepairOutcome } from "../repair-home.ts";

/** What `repair` came to. */
export const REPAIR_LINE = lineKind("repair", "schema.line-repair", ({ z, count }) => ({
  event: z.enum(["repaired", "nothing-to-do"]),
  setAside: z.string().nullable().describe("schema.repair-folder"),
  keptJobCount: count.describe("schema.repair-kept-jobs"),
  lostJobCount: count.describe("schema.repair-lost-jobs"),
  keptFileRowCount: count.describe("schema.repair-kept-rows"),
  sources: z.array(z.string()).describe("schema.repair-sources"),
  rebuiltSources: z.array(z.string()).describe("schema.repair-rebuilt"),
  isLoggedIn: z.boolean().describe("schema.repair-login"),
  hasSchedule: z.boolean().describe("schema.repair-schedule"),
  hasMailSettings: z.boolean().describe("schema.repair-mail"),
}));

/** Tells what was kept, what was lost, and what a person does next. */
export function reportRepair(output: Output, outcome: RepairOutcome): void {
  if (outcome.kind === "nothing-to-do") {
    output.json(REPAIR_LINE, { ...NOTHING, sources: [], rebuiltSources: [] });
    output.text(() =>
      output.say({
        ja: "状態ファイルに異常はありません。何も変えていません。",
        en: "There is nothing wrong with the state file. Nothing was changed.",
      }),
    );
    return;
  }
  const { setAside, report } = outcome;
  const {
    sourcePaths,
    rebuiltSourcePaths,
    keptIndexEntryCount: _,
    isWhole: __,
    ...counts
  } = report;
  const lists = { sources: [...sourcePaths], rebuiltSources: [...rebuiltSourcePaths] };
  output.json(REPAIR_LINE, { event: "repaired", setAside, ...counts, ...lists });
  output.text(() => [...kept(outcome, output), "", ...next(outcome, output)].join("\n"));
}

const NOTHING = {
  event: "nothing-to-do",
  setAside: null,
  keptJobCount: 0,
  lostJobCount: 0,
  keptFileRowCount: 0,
  isLoggedIn: false,
  hasSchedule: false,
  hasMailSettings: false,
} as const;

type Repaired = Extract<RepairOutcome, { kind: "repaired" }>;

function kept({ setAside, report }: Repaired, output: Output): readonly string[] {
  const [jobs, rows] = [formatCount(report.keptJobCount), formatCount(report.keptFileRowCount)];
  const lines = [
    output.say({ ja: "新しい状態ファイルを作りました。", en: "A new state file was made." }),
    setAside === null
      ? output.say({ ja: "壊れたファイルはありませんでした。", en: "There was no damaged file." })
      : output.say({
          ja: `壊れたファイルの保管場所: ${printable(setAside)}`,
          en: `The damaged file is kept in ${printable(setAside)}`,
        }),
    output.say({
      ja: `残した履歴: ${jobs} 件 (詳細 ${rows} 行)`,
      en: `History kept: ${jobs} jobs with ${rows} rows of details`,
    }),
  ];
  if (report.lostJobCount > 0) {
    const lost = formatCount(report.lostJobCount);
    lines.push(
      output.say({
        ja: `読めなかった履歴: ${lost} 件`,
        en: `History lost: ${lost} jobs could not be read`,
      }),
    );
  }
  lines.push(output.say({ ja: "バックアップ元:", en: "Source folders:" }));
  for (const path of report.sourcePaths) {
    const note = report.rebuiltSourcePaths.includes(path)
      ? output.say({ ja: " (履歴から)", en: " (from the history)" })
      : "";
    lines.push(`  ${printable(path)}${note}`);
  }
  if (report.sourcePaths.length === 0) lines.push(output.say({ ja: "  なし", en: "  none" }));
  return lines;
}

function next({ report, setAside }: Repaired, output: Output): readonly string[] {
  const steps: string[] = [];
  if (!report.isLoggedIn) {
    steps.push(
      output.say({
        ja: "azukeru-agent login でログインし直してください (ログインの情報は残っていません)。",
        en: "Log in again with azukeru-agent login: the login is lost.",
      }),
    );
  }
  steps.push(
    output.say({
      ja: "azukeru-agent source list で、バックアップ元がそろっているか確かめてください。足りなければ source add で追加してください。",
      en: "See with azukeru-agent source list whether a source folder is missing, and add it with source add.",
    }),
    output.say({
      ja: "azukeru-agent settings と schedule status と mail status で、設定を確かめてください。",
      en: "Check the settings with azukeru-agent settings, schedule status and mail status.",
    }),
    output.say({
      ja: "azukeru-agent backup run を実行してください。サービス上の一覧から索引を作り直し、足りないものだけを送ります。壊れる前に PC から消したファイルのうち、サービスに残っているものは、そのまま残ります。",
      en: "Run azukeru-agent backup run: it builds the index anew from what the service lists and sends what is missing. Files that were deleted on this PC and that nobody knows to be this tool's stay on the service.",
    }),
  );
  if (setAside !== null) {
    steps.push(
      output.say({
        ja: "すべて良ければ、保管したファイルは削除してかまいません。パスワードが入っていることがあります。",
        en: "When all is well, the file that was set aside may be deleted; it may hold the password.",
      }),
    );
  }
  const title = output.say({ ja: "次にすること:", en: "What to do next:" });
  return [title, ...steps.map((step, index) => `  ${index + 1}. ${step}`)];
}
