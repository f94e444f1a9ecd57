import { printable } from "../../../messages/printable.ts";
import { formatCount } from "../../../terminal/format-bytes.ts";
import { lineKind } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import type { Words } from "../../../terminal/language.ts";
import type { AgentErrorCode } from "../../agent-error.ts";
import { quotedArgument } from "../quoted-argument.ts";
import type { RepairedFile } from "../repair-home.ts";
import type { ServiceAnswer } from "./repair-service.ts";

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

/** Tells that there was nothing to do. */
export function reportNothing(output: Output): void {
  output.json(REPAIR_LINE, { ...NOTHING, sources: [], rebuiltSources: [] });
  output.text(() =>
    output.say({
      ja: "状態ファイルに異常はありません。何も変えていません。",
      en: "There is nothing wrong with the state file. Nothing was changed.",
    }),
  );
}

/** Tells what of a damaged file was kept, and what was lost. */
export function reportFile(output: Output, repaired: RepairedFile): void {
  const { setAside, report } = repaired;
  const {
    sourcePaths,
    rebuiltSourcePaths,
    keptIndexEntryCount: _,
    isWhole: __,
    lastLogin: ___,
    ...counts
  } = report;
  const lists = { sources: [...sourcePaths], rebuiltSources: [...rebuiltSourcePaths] };
  output.json(REPAIR_LINE, { event: "repaired", setAside, ...counts, ...lists });
  output.text(() => [...kept(repaired, output), ""].join("\n"));
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

function kept({ setAside, report }: RepairedFile, output: Output): readonly string[] {
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
      ? output.say({ ja: " (履歴かログから)", en: " (from the history or the log)" })
      : "";
    lines.push(`  ${printable(path)}${note}`);
  }
  if (report.sourcePaths.length === 0) lines.push(output.say({ ja: "  なし", en: "  none" }));
  return lines;
}

/** What `repair` did. */
interface RepairDone {
  /** Undefined when only the service was still to be asked. */
  readonly repaired: RepairedFile | undefined;
  readonly answer: ServiceAnswer;
}

/** Tells people what is left for them to do. */
export function reportNext({ output, suggest }: NextContext, done: RepairDone): void {
  output.text(() => {
    const title = output.say({ ja: "次にすること:", en: "What to do next:" });
    const steps = nextSteps(done, suggest).map((words) => output.say(words));
    return ["", title, ...steps.map((step, index) => `  ${index + 1}. ${step}`)].join("\n");
  });
}

/** How a command line is suggested, with `--home` when it was given. */
type Suggest = (command: string) => string;

interface NextContext {
  readonly output: Output;
  readonly suggest: Suggest;
}

function nextSteps({ repaired, answer }: RepairDone, suggest: Suggest): readonly Words[] {
  const steps: Words[] = [];
  const again = suggest("repair");
  if (answer.kind === "silent") {
    steps.push(
      LOGIN_CODES.has(answer.code)
        ? loginStep(repaired, suggest)
        : {
            ja: `サービスにつながるようになったら、もう一度 ${again} を実行してください。`,
            en: `Run ${again} once more when the service can be reached.`,
          },
    );
  }
  const recovery = answer.kind === "told" ? answer.recovery : undefined;
  if (recovery !== undefined && recovery.otherDeviceNames.length > 0) {
    const change = suggest("settings --device-name");
    steps.push({
      ja: `このPCがサービス上で別の名前だったときは、${change} でその名前に戻し、もう一度 ${again} を実行してください。`,
      en: `If this PC had one of the other names on the service, give it back with ${change} and run ${again} once more.`,
    });
  }
  for (const name of recovery?.unclaimedNames ?? []) {
    const add = suggest("source add");
    const shown = printable(name);
    steps.push({
      ja: `「${shown}」としてバックアップしていたフォルダを続けるときは、${add} でそのフォルダを追加してください。サービスにあるものは送り直しません。`,
      en: `To go on with the folder that was saved as "${shown}", add it with ${add}; what the service has of it is not sent again.`,
    });
  }
  if (recovery?.sources.some(({ index }) => index.kind === "failed") === true) {
    steps.push({
      ja: `確かめられなかったバックアップ元があります。もう一度 ${again} を実行してください。次のバックアップでも確かめます。`,
      en: `Run ${again} once more for the source folders that could not be looked at; the next backup looks too.`,
    });
  }
  if (repaired !== undefined) {
    const [list, settings] = [suggest("source list"), suggest("settings")];
    steps.push(
      {
        ja: `${list} で、バックアップ元がそろっているか確かめてください。足りなければ source add で追加してください。`,
        en: `See with ${list} whether a source folder is missing, and add it with source add.`,
      },
      {
        ja: `${settings} と schedule status と mail status で、設定を確かめてください。`,
        en: `Check the settings with ${settings}, schedule status and mail status.`,
      },
    );
  }
  const run = suggest("backup run");
  steps.push({
    ja: `${run} を実行してください。サービス上の一覧にあるものは送り直さず、足りないものと違うものだけを送ります。壊れる前に PC から消したファイルのうち、サービスに残っているものは、そのまま残ります。`,
    en: `Run ${run}: it sends what the service lacks or has otherwise, and nothing else. Files that were deleted on this PC and that nobody knows to be this tool's stay on the service.`,
  });
  if (typeof repaired?.setAside === "string") {
    steps.push({
      ja: "すべて良ければ、保管したファイルは削除してかまいません。パスワードが入っていることがあります。",
      en: "When all is well, the file that was set aside may be deleted; it may hold the password.",
    });
  }
  return steps;
}

/** Answers of the agent that a login puts right. */
const LOGIN_CODES: ReadonlySet<AgentErrorCode> = new Set([
  "not-logged-in",
  "login-lost",
  "login-refused",
  "captcha-required",
]);

function loginStep(repaired: RepairedFile | undefined, suggest: Suggest): Words {
  const last = repaired?.report.lastLogin;
  const options =
    last === null || last === undefined
      ? ""
      : ` --service ${quotedArgument(last.serviceUrl)} --login-id ${quotedArgument(last.loginId)}`;
  const [login, again] = [suggest(`login${options}`), suggest("repair")];
  return {
    ja: `${login} でログインし、もう一度 ${again} を実行してください。サービスにあるものを確かめます。`,
    en: `Log in with ${login} and run ${again} once more: it asks what the service has.`,
  };
}
