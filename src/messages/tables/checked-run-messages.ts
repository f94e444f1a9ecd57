import type { MessageTable } from "../message-table.ts";

/** What the checkers find wrong with a whole run of a scenario. */
export const CHECKED_RUN_MESSAGES = {
  "checked-run.not-healed": {
    ja: "障害がなくなった後の{job}: {what}",
    en: "{job}, after all faults stopped: {what}",
  },
  "checked-run.left-over": {
    ja: "PCから無くなった {path} が残っています",
    en: "left {path} that is gone from the PC",
  },
  "checked-run.after-healing": {
    ja: "障害がなくなった後、{difference}",
    en: "after healing, {difference}",
  },
  "checked-run.missing-on-service": {
    ja: "{path} がサービスにありません",
    en: "{path} is missing there",
  },
  "checked-run.other-on-service": {
    ja: "{path} の内容がサービスと違います",
    en: "{path} differs there",
  },
  "checked-run.other-time-on-service": {
    ja: "{path} の更新日時がサービスと違います",
    en: "{path} has another modification time there",
  },
  "checked-run.other-mode-on-service": {
    ja: "{path} のパーミッションがサービスと違います",
    en: "{path} has other permission bits there",
  },
  "checked-run.source-taken": {
    ja: "バックアップ元になれない {path} が追加されました",
    en: "{path} became a source and may not be one",
  },
  "checked-run.source-refused": {
    ja: "バックアップ元になれる {path} が断られました",
    en: "{path} was refused as a source and may be one",
  },
  "checked-run.over-capacity": {
    ja: "{job}の後、{quota} バイトの容量のうち {used} バイトが使われています",
    en: "after {job}, {used} bytes of {quota} are used",
  },
  "checked-run.wrong-usage": {
    ja: "{job}の後、サービスの示す使用量は {used} バイトですが、保存されているのは {stored} バイトです",
    en: "after {job}, the service says {used} bytes and stores {stored}",
  },
  "checked-run.generation-count": {
    ja: "{job}の後、{path} の世代が{kept}個あります (最大{max}個)",
    en: "after {job}, {path} has {kept} generations of at most {max}",
  },
  "checked-run.generation-fall": {
    ja: "{job}の後、{path} の世代が、前からの世代に続いていません (番号、残る数、残った世代の中身か更新日時が違います)",
    en: "after {job}, the generations of {path} do not go on from those before: their numbers, how many stayed, or the bytes or time of one that did",
  },
  "checked-run.generation-order": {
    ja: "{job}の後、{path} の世代が、ディスクにあった順ではありません",
    en: "after {job}, {path} has generations the disk did not have in that order",
  },
  "checked-run.entry-count": {
    ja: "{path} には{found}個ありますが、作られたのは{made}個です",
    en: "{path} has {found} entries, the world made {made}",
  },
  "checked-run.gone-from-disk": {
    ja: "{path} がディスクからなくなりました",
    en: "{path} is gone from the disk",
  },
  "checked-run.other-on-disk": {
    ja: "{path} の内容がディスク上で変わっています",
    en: "{path} has other bytes",
  },
  "checked-run.vanished": {
    ja: "サービスからなくなりました",
    en: "vanished from the service",
  },
  "checked-run.secret": { ja: "{place}に秘密の値があります", en: "a secret stands in {place}" },
  "checked-run.in-log": { ja: "ログ", en: "the log" },
  "checked-run.in-history": { ja: "履歴", en: "the history" },
  "checked-run.in-details": { ja: "明細", en: "the details" },
  "checked-run.in-mail": { ja: "メール", en: "a mail" },
  "checked-run.in-trace": { ja: "トレース", en: "the trace" },
  "checked-run.in-error": { ja: "エラー", en: "an error" },
  "checked-run.foreign-write": {
    ja: "{path} が、どのバックアップ先でもない場所に書かれました",
    en: "{path} was written outside every destination folder",
  },
  "checked-run.foreign-loss": {
    ja: "ほかの人が保存した {path} が、なくなったか変わっています",
    en: "{path}, stored by someone else, is gone or has other bytes",
  },
  "checked-run.too-much": {
    ja: "同時の{what}が {found} になりました (上限 {limit})",
    en: "{found} {what} at once, {limit} are allowed",
  },
  "checked-run.open-files": { ja: "開いたファイル", en: "open files" },
  "checked-run.requests": { ja: "要求", en: "requests under way" },
  "checked-run.request-bytes": { ja: "送受信のバイト数", en: "bytes under way" },
  "checked-run.not-ended": {
    ja: "シナリオが終わりませんでした ({virtualMs} ミリ秒の時点、{kind}): {why}",
    en: "the scenario did not end ({kind} after {virtualMs} ms): {why}",
  },
  "checked-run.deadlock": {
    ja: "何も動かず、タイマーも残っていません",
    en: "nothing moves and no timer is left",
  },
  "checked-run.liveness": {
    ja: "仮想時間の上限までに終わりませんでした",
    en: "it was not done within the virtual time that it has",
  },
  "checked-run.budget": { ja: "できごとが多すぎます", en: "there were too many events" },
  "checked-run.abandoned": { ja: "時計が取り上げられました", en: "its clock was taken away" },
  "checked-run.threw": { ja: "{detail:lines}", en: "{detail:lines}" },
  "checked-run.still-running": { ja: "まだ実行中です", en: "is still running" },
  "checked-run.cut-job-gone": {
    ja: "{status} だったジョブ{id}がなくなりました",
    en: "job {id}, which was {status}, is gone",
  },
  "checked-run.cut-job-otherwise": {
    ja: "{status} だったジョブ{id}が {found} になっていますが、正しくは {wanted} です",
    en: "job {id} was {status} and is {found}, not {wanted}",
  },
  "checked-run.lost-setting": {
    ja: "設定 {name} が、利用者の設定とは別の値で表示されました",
    en: "the setting {name} was shown as another one than a person had made it",
  },
  "checked-run.notice": {
    ja: "{month} の利用状況のお知らせ: {what}",
    en: "the usage notice of {month}: {what}",
  },
  "checked-run.notice-lacks": {
    ja: "知らされるはずでしたが、知らされませんでした",
    en: "was due and was not told",
  },
  "checked-run.notice-not-due": {
    ja: "知らされないはずでしたが、知らされました",
    en: "was told and was not due",
  },
  "checked-run.notice-other": {
    ja: "{found} と知らされましたが、正しくは {wanted} です",
    en: "told {found}, where {wanted} is so",
  },
  "checked-run.patience": {
    ja: "{request} を {triedMs} ミリ秒であきらめました。{budgetMs} ミリ秒は試すはずです",
    en: "{request} was given up after {triedMs} ms, of {budgetMs} ms for which it is to be tried",
  },
  "checked-run.refusal-not-due": {
    ja: "手順 {step} の {action} が {code} で断られましたが、妨げるものはありません",
    en: "{action} of step {step} was refused as {code}, and nothing of it stands in its way",
  },
  "checked-run.tried-late": {
    ja: "{request} を次に試すまでに {pausedMs} ミリ秒ありました。{longestMs} ミリ秒までのはずです",
    en: "{request} was tried again after {pausedMs} ms; {longestMs} ms are the most",
  },
  "checked-run.sent-again": {
    ja: "変わったものが何もないのに {request} を送りました",
    en: "sent {request} though nothing had changed",
  },
  "checked-run.pause": {
    ja: "{request} は {pauseMs} ミリ秒の間を求められましたが、{afterMs} ミリ秒後に再び送られました",
    en: "{request} was asked to wait {pauseMs} ms and was sent again after {afterMs} ms",
  },
  "checked-run.lost-row": {
    ja: "{device} の{way} (時点 {elapsedMs} ミリ秒) の後、{table} の行がなくなりました",
    en: "a row of {table} is gone after the {way} of the {device} at {elapsedMs} ms",
  },
  "checked-run.kill": { ja: "強制終了", en: "kill" },
  "checked-run.power-loss": { ja: "停電", en: "power loss" },
  "checked-run.unfit-remedy": {
    ja: "{causes}の対処に、実際に直す方法が書かれていません",
    en: "the remedy of {causes} does not say what heals it",
  },
  "checked-run.remedy-did-not-heal": {
    ja: "知らされた対処をしたあとなのに、完了していません",
    en: "is not complete, although what a person was told to do was done",
  },
  "checked-run.wrong-way": {
    ja: "{place}に送られましたが、環境変数は {environment} です",
    en: "something went to {place}, and the environment is {environment}",
  },
  "checked-run.late-wait": {
    ja: "サービスを待っていることを {seconds} 秒たっても知らせませんでした",
    en: "did not say within {seconds} s that it waits for the service",
  },
  "checked-run.login": { ja: "ログインの記録{at}: {what}", en: "login fact {at}: {what}" },
  "checked-run.let-in": {
    ja: "画像の文字に答えずにログインできました",
    en: "let in without an answer",
  },
  "checked-run.looked-at": {
    ja: "画像の文字に答えていないのに、パスワードが調べられました",
    en: "a password was looked at unanswered",
  },
  "checked-run.asked-early": {
    ja: "パスワードの間違いが{count}回のときに、たずねられました",
    en: "asked after {count} wrong {count|password|passwords}",
  },
  "checked-run.asked-again": {
    ja: "正しく答えた後に、もう一度たずねられました",
    en: "asked again after the right answer",
  },
  "checked-run.refused-logins": {
    ja: "専用ツール{agents}個に対し、サービスがログインを続けて{count}回拒否しました",
    en: "the service refused {count} logins in a row of {agents} {agents|tool|tools}",
  },
  "checked-run.untold-wait": {
    ja: "サービスを待ったのに、それを知らせませんでした",
    en: "waited for the service and did not say so",
  },
  "checked-run.wait-told-wrongly": {
    ja: "知らせた待ち時間が正しくありません: 次の試行まで {next}、あきらめるまで {until}",
    en: "a wait is told wrongly: next try in {next}, given up in {until}",
  },
  "checked-run.shown-wrongly": {
    ja: "{device} の{job}が {status} と表示されましたが、そうではありませんでした",
    en: "{job} of {device} was shown as {status}, and it was not",
  },
  "checked-run.sent-small": {
    ja: "小さいファイルを {sent} バイト送りましたが、サービスになかったのは {needed} バイトです",
    en: "sent {sent} bytes in small files, {needed} were not on the service yet",
  },
  "checked-run.sent-large": {
    ja: "大きいファイルを {sent} バイト送りましたが、全体は {total} バイトで、うち {held} バイトはサービスにありました",
    en: "sent {sent} bytes of large files that have {total}, {held} of them were there",
  },
  "checked-run.read-again": {
    ja: "前のバックアップから変わっていない {path} をもう一度読みました",
    en: "read {path} again, which is as the backup before read it",
  },
  "checked-run.sent-often": {
    ja: "{path} を {count} 回送りました",
    en: "sent {path} {count} times",
  },
  "checked-run.sent-more-small": {
    ja: "小さいファイルを少なくとも {sent} バイト送りましたが、送ったと示すファイルは {rows} バイトです",
    en: "sent at least {sent} bytes in small files; those that its rows call sent have {rows}",
  },
  "checked-run.sent-more-large": {
    ja: "大きいファイルを {sent} バイト送りましたが、送ったと示すファイルは {rows} バイトです",
    en: "sent {sent} bytes of large files; those that its rows call sent have {rows}",
  },
  "checked-run.two-traces": {
    ja: "2回の実行のトレースが {one} と {other} です",
    en: "two runs gave the traces {one} and {other}",
  },
  "checked-run.thread-broke": {
    ja: "実行していたスレッドが止まりました: {why}",
    en: "the thread that ran it broke down: {why}",
  },
  "checked-run.thread-ended": {
    ja: "コード {exitCode} で勝手に終わりました",
    en: "it ended by itself with the code {exitCode}",
  },
  "checked-run.thread-hung": {
    ja: "{minutes}分たっても答えがありませんでした",
    en: "it hung: there was no answer within {minutes} minutes",
  },
  "checked-run.list": { ja: "{device} の履歴 ({kind})", en: "the history of {device} ({kind})" },
  "checked-run.details": {
    ja: "{device} のジョブ{job}の詳細",
    en: "the details of job {job} of {device}",
  },
  "checked-run.filtered": {
    ja: "{device} のジョブ{job}の詳細 (状態 {status} だけ)",
    en: "the details of job {job} of {device} with status {status}",
  },
  "checked-run.pages-otherwise": {
    ja: "{what}: ページに {found} と表示されますが、正しくは {due} です",
    en: "{what}: its pages show {found} where {due} is right",
  },
  "checked-run.browsed": {
    ja: "サービス上のフォルダ {folder}",
    en: "the folder {folder} on the service",
  },
  "checked-run.service-answer": {
    ja: "ほかの契約者のプログラムの {at} 番目の出来事 {request}: サービスの応答は {found} ですが、正しくは {due} です",
    en: "event {at} of another customer's program, {request}: the service answered {found} where {due} is right",
  },
  "checked-run.service-restart": {
    ja: "サービスの {restart} 回目の再起動: 再起動後は {found} ですが、正しくは {due} です",
    en: "restart {restart} of the service: it has {found} where {due} is right",
  },
  "checked-run.relation": {
    ja: "{place}: 一方は {one}、他方は {other}",
    en: "{place}: {one} in one life, {other} in the other",
  },
  "checked-run.otherwise-alike": {
    ja: "関係 {relation} が成り立ちません: {what}",
    en: "the relation {relation} does not hold: {what}",
  },
} as const satisfies MessageTable;
