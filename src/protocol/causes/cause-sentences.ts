import { CAUSES, type CauseId } from "./causes.ts";

/** Where a cause is read: beside the buttons of a window, or where one types commands. */
type CauseSurface = "window" | "command";

/** What the tool's window calls what a person can do, in sentences about causes. */
const WINDOW = {
  ja: {
    rerun: "「再実行」を押",
    "rerun-do": "「再実行」を押す",
    "rerun-name": "「再実行」",
    "run-now": "「今すぐ実行する」を押",
    "run-now-name": "「今すぐ実行する」",
    logs: "「ログ・設定ファイル出力」で作ったファイル",
    capacity: "「容量確認」",
    "set-destination": "「バックアップ先のフォルダ」を設定し直して",
    "no-comparison": "「バックアップ先との差分比較」を「しない」に変えて",
    "no-deletion": "差分比較削除を「しない」に変えて",
    "remove-source": "「バックアップするフォルダ」の一覧から外して",
    sources: "「バックアップするフォルダ」に",
    details: "詳細画面",
  },
  en: {
    rerun: 'press "Rerun"',
    Rerun: 'Press "Rerun"',
    "rerun-name": '"Rerun"',
    "run-now": 'press "Run now"',
    "Run-now": 'Press "Run now"',
    "send-logs": "export the logs and settings and send them to support",
    details: "the details",
  },
} as const;

/** The same where one types: every command named here exists. */
const COMMAND: { readonly [L in "ja" | "en"]: Readonly<Record<keyof (typeof WINDOW)[L], string>> } =
  {
    ja: {
      rerun: "azukeru-agent rerun {job} を実行",
      "rerun-do": "azukeru-agent rerun {job} を実行する",
      "rerun-name": "azukeru-agent rerun {job} ",
      "run-now": "azukeru-agent backup run を実行",
      "run-now-name": "azukeru-agent backup run ",
      logs: "logs フォルダのログ",
      capacity: "azukeru-agent capacity ",
      "set-destination": "azukeru-agent source remove と source add でフォルダを登録し直して",
      "no-comparison": "azukeru-agent settings --compare-upload off を実行して",
      "no-deletion": "azukeru-agent settings --compare-delete off を実行して",
      "remove-source": "azukeru-agent source remove で外して",
      sources: "azukeru-agent source add で",
      details: "azukeru-agent history show {job} ",
    },
    en: {
      rerun: "run azukeru-agent rerun {job}",
      Rerun: "Run azukeru-agent rerun {job}",
      "rerun-name": "azukeru-agent rerun {job}",
      "run-now": "run azukeru-agent backup run",
      "Run-now": "Run azukeru-agent backup run",
      "send-logs": "send the log in the logs folder to support",
      details: "azukeru-agent history show {job}",
    },
  };

/** What a person reads about a cause. */
export interface CauseSentences {
  readonly cause: string;
  readonly remedy: string;
}

/** How a cause is told. */
export interface CauseTelling {
  readonly language: "ja" | "en";
  readonly surface: CauseSurface;
  /** Of the job it is about, for commands; `ID` where there are several. */
  readonly jobId?: number | undefined;
}

/** A cause with what to do about it, whose buttons or commands are those of where it is read. */
export function causeSentences(
  id: CauseId,
  { language, surface, jobId }: CauseTelling,
): CauseSentences {
  const words: Readonly<Record<string, string>> = { window: WINDOW, command: COMMAND }[surface][
    language
  ];
  const told = (text: string): string =>
    text
      .replaceAll(/\{([A-Za-z-]+)\}/g, (slot, name: string) => words[name] ?? slot)
      .replaceAll("{job}", jobId === undefined ? "ID" : String(jobId));
  const { cause, remedy } = CAUSES[id][language];
  return { cause: told(cause), remedy: told(remedy) };
}
