import type { MessageTable } from "../message-table.ts";

/** What concerns jobs of any kind: their memory, their slots, what nobody foresaw. */
export const RUN_MESSAGES = {
  "run.out-of-memory": {
    ja: "専用ツールのメモリ使用量が{usedBytes:bytes}になり、上限の{budgetBytes:bytes}を超えました",
    en: "the agent uses {usedBytes:bytes} of memory and allows itself {budgetBytes:bytes}",
  },
  "run.with-remark": { ja: "{detail}。{remark}", en: "{detail}; {remark}" },
  "run.unforeseen": { ja: "予期しないエラー: {why}", en: "unforeseen: {why}" },
  "run.state-full": {
    ja: "専用ツールのフォルダがあるディスクに空き容量がなくなりました。空きを作ってからもう一度実行してください",
    en: "the disk with the tool's own folder is full; make room on it and run it again",
  },
  "run.state-damaged": {
    ja: "専用ツールの状態ファイルが壊れています。azukeru-agent repair を実行してください",
    en: "the tool's state file is damaged; run azukeru-agent repair",
  },
  "run.state-unusable": {
    ja: "専用ツールの状態ファイルを読み書きできなくなりました",
    en: "the tool's state file could not be read or written any more",
  },
  "run.cut-off": {
    ja: "この処理が終わる前に専用ツールが終わりました",
    en: "the agent ended before this job did",
  },
  "run.later-slot-due": {
    ja: "専用ツールが気づいたときには次の予定の時刻も過ぎていたため、最後の1回だけを実行します",
    en: "a later slot was due as well when the tool came to it; only the latest one is run",
  },
  "run.no-network-drive": {
    ja: "ネットワークドライブは、サインインした人の画面の中だけで使えます",
    en: "network drives are there only in the session of a person",
  },
  "run.ended-before": {
    ja: "順番が来る前に専用ツールが終わりました",
    en: "the tool ended before its turn came",
  },
  "run.login-lost": {
    ja: "保存されたパスワードではログインできなくなりました (パスワードの変更など)。もう一度ログインしてください",
    en: "the kept password no longer lets this PC in (it was changed, for example); log in again",
  },
  "run.logged-out-before": {
    ja: "順番が来る前にログアウトされました",
    en: "somebody logged out before its turn came",
  },
  "run.interrupted-before": {
    ja: "順番が来る前に中断されました",
    en: "a person interrupted the run before its turn came",
  },
  "run.earlier-text": { ja: "{text}", en: "{text}" },
} as const satisfies MessageTable;
