import type { MessageTable } from "../message-table.ts";

/** What the JSON Schema of `--json` says of its lines and their members. */
export const SCHEMA_MESSAGES = {
  "schema.compare-upload": {
    ja: "差分比較アップロード。サービスにないものを送る。",
    en: "Compared upload: what is missing on the service is sent.",
  },
  "schema.compare-delete": {
    ja: "差分比較削除。ここで無くなったものをサービスで削除する。",
    en: "Compared deletion: what is gone here is deleted there.",
  },
  "schema.usage-notice": {
    ja: "プランと容量を月に1回知らせるか。",
    en: "Whether plan and capacity are told once a month.",
  },
  "schema.null-logged-out": {
    ja: "誰もログインしていなければ null。",
    en: "Null when nobody is logged in.",
  },
  "schema.settings-changed": {
    ja: "このコマンドで何かが変わったか。",
    en: "Whether this command changed anything.",
  },
  "schema.generation-newest": { ja: "null は最新の世代。", en: "Null: the newest." },
  "schema.job-trigger": { ja: "ジョブを始めたもの。", en: "What started the job." },
  "schema.job-source-id": {
    ja: "その後バックアップ元が削除されていれば null。",
    en: "Null when the source was removed since.",
  },
  "schema.job-from": {
    ja: "元の場所。バックアップ元のフォルダ。復元ではサービス上の場所。",
    en: "Where from: the source folder; for a restore the place on the service.",
  },
  "schema.job-to": {
    ja: "先の場所。サービス上の場所 (名前を / でつなぐ)。復元ではフォルダ。",
    en: "Where to: the place on the service, names joined by /; for a restore the folder.",
  },
  "schema.job-ended-at": {
    ja: "待機中と実行中、実行されなかったとき、途中で切れたときは null。",
    en: "Null while it waits or runs, when it did not run, and when it was cut off.",
  },
  "schema.job-elapsed": {
    ja: "開始から終了まで。実行中なら現在まで。終了がなければ null。",
    en: "From start to end, of a running job until now; null where there is no end.",
  },
  "schema.status-label": {
    ja: "読む人のための状態の名前。コマンドの言語で書く。",
    en: "The status for people, in the command's language.",
  },
  "schema.job-causes": {
    ja: "その状態になった原因として考えられるもの。可能性の高い順。",
    en: "What may have caused the status, most likely first.",
  },
  "schema.job-settings": {
    ja: "行うはずだったこと。rerun はこれをもう一度行う。分からなければ null。",
    en: "What it was to do, which rerun does again; null where that is not known.",
  },
  "schema.job-target-count": {
    ja: "ジョブの対象となるファイルとフォルダの数 (分かっている範囲)。",
    en: "Files and folders the job is about, as far as known.",
  },
  "schema.job-target-file-count": { ja: "そのうちのファイルの数。", en: "Files among them." },
  "schema.job-target-bytes": { ja: "それらのファイルの容量。", en: "Size of these files." },
  "schema.job-processed-count": {
    ja: "最終の状態が決まった対象の数。",
    en: "Targets that have a final status.",
  },
  "schema.job-transferred-file-count": {
    ja: "送ったファイルの数。復元では復元した数、削除では削除した数。",
    en: "Files sent; restored by a restore, deleted by a deletion.",
  },
  "schema.job-excluded-count": {
    ja: "そのまま残したものの数: リンク、デバイス、スキップしたファイルなど。",
    en: "Entries left as they are: links, devices, skipped files, ...",
  },
  "schema.page-job": {
    ja: "ファイルの一覧を表示したジョブ。",
    en: "The job whose files were listed.",
  },
  "schema.page-count": {
    ja: "サービス上の項目では null。サービスが答えないため。",
    en: "Null for entries: the service does not say.",
  },
  "schema.row-count": {
    ja: "全ページの行の数。同じ場合に null。",
    en: "Rows of all pages together; null likewise.",
  },
  "schema.file-path": {
    ja: "バックアップ元または復元したフォルダの下のパス (/ でつなぐ)。そのもの自体なら空。",
    en: "Below the source folder or the restored one, joined by /; empty for itself.",
  },
  "schema.file-path-bytes": {
    ja: "パスが正しい Unicode でないときの、そのバイト列。path には U+FFFD が入る。",
    en: "The path's bytes when they are not valid Unicode; path then has U+FFFD in it.",
  },
  "schema.source-name": { ja: "サービス上での名前。", en: "What it is called on the service." },
  "schema.service-place": {
    ja: "サービス上の場所。名前を / でつなぐ。",
    en: "Its place on the service, names joined by /.",
  },
  "schema.source-network": {
    ja: "true なら、サインインした人のセッションで専用ツールが動いている間だけバックアップされる。",
    en: "Then it is backed up only while the tool runs in the session of a person.",
  },
  "schema.task-event": {
    ja: "stale は、以前のスケジュールの時刻のままであること。登録し直してください。",
    en: "Stale: it has the times of an earlier schedule; register it anew.",
  },
  "schema.task-starts": {
    ja: "自動バックアップが動くとき: いつでも、サインイン中、専用ツールの実行中。",
    en: "When automatic backups run: signed in or not, signed in, or while the tool runs.",
  },
  "schema.task-time": {
    ja: "現地の時刻 HH:MM。何も登録されていなければ null。",
    en: "Local time HH:MM; null when nothing is registered.",
  },
  "schema.weekdays": { ja: "0 は日曜。同じ場合に null。", en: "0 is Sunday; null likewise." },
  "schema.task-why": {
    ja: "登録されなかった理由。登録されたら null。",
    en: "Why nothing was registered; null otherwise.",
  },
  "schema.schedule-on": { ja: "自動バックアップの ON/OFF。", en: "Automatic backups ON or OFF." },
  "schema.schedule-time": {
    ja: "現地の時刻 HH:MM。選ばれるまでは null。",
    en: "Local time HH:MM; null until one was chosen.",
  },
  "schema.schedule-next": {
    ja: "次の予定。スケジュールがないときと OFF のときは null。",
    en: "The next slot; null without a schedule or when OFF.",
  },
  "schema.schedule-day-done": {
    ja: "その日の予定が別の時刻にすでに実行され、新しい時刻には実行されないか。",
    en: "Whether the day's slot ran at another time already, so that its new time is none.",
  },
  "schema.logout-process": {
    ja: "これで終わったバックアップまたは復元のプロセス。動いていなければ null。",
    en: "The process whose backup or restore was ended by it; null when none ran.",
  },
  "schema.message-code": {
    ja: "言語が変わっても同じ。",
    en: "Stays the same whatever the language.",
  },
  "schema.message-params": {
    ja: "中の名前と数、または文を作る部品。部品もまた同じ形。",
    en: "Names and numbers in it, or what it is made of: messages in their turn.",
  },
  "schema.reason": {
    ja: "読む人のための理由。コマンドの言語で書く。",
    en: "Why, for people, in the command's language.",
  },
  "schema.reason-message": {
    ja: "同じ内容をプログラムのために表したもの。",
    en: "The same for programs.",
  },
  "schema.waiting-way": {
    ja: "通信がどのように失敗したか。まだ失敗していなければ null。",
    en: "How an exchange failed; null where none did yet.",
  },
  "schema.waiting-reason": {
    ja: "待っている理由。コマンドの言語で書く。待ち終わったら null。",
    en: "What for, in the command's language; null when over.",
  },
  "schema.waiting-next": {
    ja: "次に試すことがなければ null。",
    en: "Null where there is no next try.",
  },
  "schema.waiting-until": {
    ja: "あきらめる時刻。待ち終わったら null。",
    en: "When it is given up; null when it is over.",
  },
  "schema.error-message": {
    ja: "何が、どのファイルまたは設定に起きたか。",
    en: "What happened, and to which file or setting.",
  },
  "schema.error-remedy": { ja: "どうすればよいか。", en: "What to do about it." },
  "schema.interrupt-process": {
    ja: "バックアップを実行しているプロセス。なければ null。",
    en: "The process that runs the backup; null when none does.",
  },
  "schema.entry-kind": {
    ja: "unknown は、取り決めにない種類。",
    en: "Unknown: outside the contract.",
  },
  "schema.entry-size": {
    ja: "ファイル以外は null。次の4つも同じ。",
    en: "Null but for files, as are the four below.",
  },
  "schema.entry-saved": {
    ja: "ファイルが保存された、またはフォルダが作られた時刻。種類が分からなければ null。",
    en: "When the file was saved or the folder made; null for what is unknown.",
  },
  "schema.generation-path": { ja: "指定されたファイル。", en: "The file as it was asked for." },
  "schema.generation-number": {
    ja: "restore --generation に指定する番号。1 は最初に保存されたもの。",
    en: "What restore --generation takes; 1 is the first ever saved.",
  },
  "schema.generation-time": {
    ja: "暦で表せない時刻なら null。",
    en: "Null for a time beyond the calendar.",
  },
  "schema.generation-nanoseconds": {
    ja: "同じ時刻を1970年からのナノ秒で表したもの。",
    en: "The same in nanoseconds since 1970.",
  },
  "schema.daemon-event": {
    ja: "already-running は、別のプロセスがスケジュールを受け持っていて、このプロセスが終わること。waits-for-room は、状態ファイルのあるディスクに空きがなく、空きができるまで自動バックアップが動かないこと。has-room は、空きができたこと。",
    en: "Already running: this process ends, another one holds the schedule. Waits for room: the disk with the state file was full at the start, and no automatic backup runs until it `has-room`.",
  },
  "schema.daemon-login": {
    ja: "誰もログインしていないときも null。",
    en: "Null also when nobody is logged in.",
  },
  "schema.repair-folder": {
    ja: "壊れたファイルを置いたフォルダ。なかったなら null。",
    en: "The folder with the damaged file; null when there was none.",
  },
  "schema.repair-kept-jobs": {
    ja: "履歴のジョブのうち読み取れた数。",
    en: "Jobs of the history that could be read.",
  },
  "schema.repair-lost-jobs": {
    ja: "あったのに読み取れなかったジョブの数。",
    en: "Jobs that there were and that could not be read.",
  },
  "schema.repair-kept-rows": {
    ja: "ジョブの明細のうち読み取れた行の数。",
    en: "Rows of the details of jobs that could be read.",
  },
  "schema.repair-sources": { ja: "バックアップ元のフォルダ。", en: "The source folders." },
  "schema.repair-rebuilt": {
    ja: "そのうち履歴かログにだけ残っていたバックアップ元。",
    en: "Source folders among them of which only the history or the log told.",
  },
  "schema.line-repair-service": {
    ja: "修復の後にサービスから聞いたことと、それで作り直したもの。",
    en: "What the service told after a repair, and what was rebuilt from it.",
  },
  "schema.repair-service-event": {
    ja: "silent: 確かめられなかった。次の repair かバックアップで確かめる。",
    en: "silent: it could not be asked; the next repair or backup asks again.",
  },
  "schema.repair-service-sources": {
    ja: "索引を作り直すことになっていたバックアップ元。",
    en: "The source folders whose index was to be built anew.",
  },
  "schema.repair-service-files": {
    ja: "サービスにあるファイルの数。",
    en: "Files that the service has.",
  },
  "schema.repair-service-learned": {
    ja: "そのうち、状態ファイルにないか、内容が違っていたファイルの数。",
    en: "Files among them that the state file did not have, or not so.",
  },
  "schema.repair-service-folders": {
    ja: "サービスにあるこのPCのフォルダのうち、どのバックアップ元のものでもないもの。",
    en: "Folders that the service has of this PC and that are no source's.",
  },
  "schema.repair-service-devices": {
    ja: "このPCのものがサービスにないときの、ほかのPCの名前。",
    en: "Other PCs that the service knows, while it has nothing of this one.",
  },
  "schema.repair-login": { ja: "ログインが残っているか。", en: "Whether the login is kept." },
  "schema.repair-schedule": {
    ja: "スケジュールが残っているか。",
    en: "Whether a schedule is kept.",
  },
  "schema.repair-mail": {
    ja: "確定したメール設定が残っているか。",
    en: "Whether confirmed mail settings are kept.",
  },
  "schema.summary-completed": {
    ja: "すべてのジョブが完了したか。",
    en: "Whether every job completed.",
  },
  "schema.summary-transferred": {
    ja: "送った、または復元したファイルの数。",
    en: "Files sent or restored.",
  },
  "schema.summary-deleted": {
    ja: "削除ジョブがサービスで削除したファイルの数。",
    en: "Files deleted on the service by delete jobs.",
  },
  "schema.cause-text": {
    ja: "何が起きたか。読む人のために、コマンドの言語で書く。",
    en: "What happened, for people, in the language of the command.",
  },
  "schema.cause-remedy": {
    ja: "どうすればよいか。同じ言語で書く。",
    en: "What to do about it, likewise.",
  },
  "schema.mail-user": { ja: "空ならログインしない。", en: "Empty: no login." },
  "schema.mail-to": { ja: "1つまたは2つのアドレス。", en: "One or two addresses." },
  "schema.mail-secure": {
    ja: "SSL。メールサーバーとの通信を暗号化する。",
    en: "SSL: the way to the mail server is encrypted.",
  },
  "schema.mail-tls-mode": {
    ja: "TLS の始め方 (指定したとき)。null なら、ポート465では接続と同時、ほかでは STARTTLS。",
    en: "How TLS begins, where it was given; null: at once on port 465, STARTTLS on others.",
  },
  "schema.mail-confirmed": {
    ja: "メールの送信に使う設定。確定するまで null。",
    en: "What mails are sent with; null until something was confirmed.",
  },
  "schema.mail-draft": {
    ja: "最後に指定した設定。何もなければ null。",
    en: "What was set last; null when nothing was.",
  },
  "schema.mail-draft-tested": {
    ja: "その設定のままテストメールに成功したか。",
    en: "Whether exactly the draft passed a test mail.",
  },
  "schema.mail-login-unused": {
    ja: "そのテストで、サーバーがログインを求めないと分かったか。ユーザー名とパスワードは使われない。",
    en: "Whether that test showed that the server asks for no login: user and password are not used.",
  },
  "schema.mail-draft-confirmed": {
    ja: "その設定がメールの送信に使われるか。",
    en: "Whether the draft is what mails are sent with.",
  },
  "schema.mail-last-reason": {
    ja: "最後の送信が失敗した理由 (読む人のため)。",
    en: "Why the last try failed, for people.",
  },
  "schema.mail-trouble-at": {
    ja: "最後にメールを送れなかった時刻。送れたら null。",
    en: "When a mail last did not go out; null once one did.",
  },
  "schema.mail-trouble-reason": { ja: "その理由 (読む人のため)。", en: "Why, for people." },
  "schema.mail-try-outcome": {
    ja: "waiting はもう一度試すこと、failed はあきらめたこと。",
    en: "Waiting: it is tried again. Failed: it is given up.",
  },
  "schema.progress-left": {
    ja: "見込み。まだなければ null。",
    en: "An estimate; null until there is one.",
  },
  "schema.null-until-known": { ja: "分かるまで null。", en: "Null until it is known." },
  "schema.progress-speed": {
    ja: "最近の数秒の速さ。分かるまで null。",
    en: "Over the last seconds; null until known.",
  },
  "schema.progress-ratio": {
    ja: "終わった割合。分かるまで null。",
    en: "How much is done; null until known.",
  },
  "schema.line-settings": { ja: "現在の設定。", en: "The settings as they are now." },
  "schema.line-job": { ja: "履歴のジョブ。", en: "A job of the history." },
  "schema.line-job-waiting": {
    ja: "削除ジョブが順番を待っている。",
    en: "A delete job waits for its turn.",
  },
  "schema.line-job-started": { ja: "ジョブが始まる。", en: "A job starts." },
  "schema.line-job-ended": { ja: "ジョブが終わった。", en: "A job ended." },
  "schema.line-page": {
    ja: "一覧の行の後に続き、残りを示す。",
    en: "Follows the rows of a list and says what was left.",
  },
  "schema.line-file": { ja: "ジョブの明細の行。", en: "A row of a job's details." },
  "schema.line-source": { ja: "バックアップ元のフォルダ。", en: "A source folder." },
  "schema.line-task": {
    ja: "OSのスケジューラーにある専用ツールの登録。",
    en: "The OS scheduler's entry of the tool.",
  },
  "schema.line-capacity": { ja: "契約のプランと容量。", en: "Plan and capacity of the contract." },
  "schema.line-schedule": {
    ja: "自動バックアップの予定。",
    en: "The schedule of automatic backups.",
  },
  "schema.line-account": { ja: "ログインしている人。", en: "Who is logged in." },
  "schema.line-logout": { ja: "ログアウト。", en: "The end of a login." },
  "schema.line-waiting": {
    ja: "専用ツールがサービスまたはメールサーバーを待っている。始まったとき、理由が変わったか1分たったとき、終わったときに出る。",
    en: "The tool waits for the service or a mail server: when that begins, when its reason changes or a minute passed, and when it is over.",
  },
  "schema.line-error": {
    ja: "コマンドが実行できなかった理由。",
    en: "Why the command could not do its work.",
  },
  "schema.line-interrupt": {
    ja: "backup interrupt の答え。",
    en: "The answer of backup interrupt.",
  },
  "schema.line-entry": {
    ja: "サービス上のファイルまたはフォルダ。",
    en: "A file or folder on the service.",
  },
  "schema.line-generation": {
    ja: "サービス上のファイルの世代。",
    en: "A generation of a file on the service.",
  },
  "schema.line-daemon": {
    ja: "daemon が受け持つもの。何も受け持たなければ null。",
    en: "What the daemon holds; null where it holds nothing.",
  },
  "schema.line-repair": {
    ja: "状態ファイルの修復の結果。",
    en: "What the repair of the state file came to.",
  },
  "schema.line-summary": { ja: "実行の終わり。最後の行。", en: "The end of a run, its last line." },
  "schema.line-mail": {
    ja: "結果メールの設定と、待っているメール。パスワードは含まない。",
    en: "The result mail: settings and what waits. No password.",
  },
  "schema.line-mail-try": {
    ja: "結果メールの送信を試みた結果。",
    en: "What a try to send a result mail came to.",
  },
  "schema.line-progress": {
    ja: "実行中のジョブの様子。多くて1秒に1回。",
    en: "A moment of a running job, at most 1 a second.",
  },
} as const satisfies MessageTable;
