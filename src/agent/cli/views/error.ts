import type { Language, Words } from "../../../terminal/language.ts";
import type { Paint } from "../../../terminal/style.ts";
import type { CliErrorCode } from "../output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { lineKind } from "../output/line-kind.ts";
import type { Message } from "../../../messages/message.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import { messageSchema } from "./message.ts";

/** Why a command could not do its work. */
export const ERROR_LINE = lineKind("error", "schema.line-error", (parts) => ({
  code: parts.z.enum(Object.keys(ERROR_TEXTS) as [CliErrorCode, ...CliErrorCode[]]),
  message: parts.z.string().min(1).describe("schema.error-message"),
  reason: messageSchema(parts).nullable().describe("schema.reason-message"),
  remedy: parts.z.string().min(1).describe("schema.error-remedy"),
  exitCode: parts.z.int(),
}));

/** An error for people: what happened, to what, and what to do about it. */
export function renderError(
  code: CliErrorCode,
  reason: Message,
  { language, paint }: { readonly language: Language; readonly paint: Paint },
): string {
  const { what, remedy } = ERROR_TEXTS[code];
  const title = { ja: "エラー", en: "Error" }[language];
  return (
    `${paint("bad", `${title}: ${what[language]}`)}\n` +
    `  ${renderMessage(reason, language)}\n` +
    `  ${{ ja: "対処", en: "What to do" }[language]}: ${remedy[language]}`
  );
}

/** What a person is told about one kind of error, beside the message of the single case. */
interface ErrorText {
  /** What happened. */
  readonly what: Words;
  /** What to do about it. */
  readonly remedy: Words;
  readonly exitCode: ExitCode;
}

const { couldNotRun, usage } = EXIT_CODES;

/** Words and exit code of every error. */
export const ERROR_TEXTS: Readonly<Record<CliErrorCode, ErrorText>> = {
  "login-lost": {
    what: {
      ja: "保存されたパスワードでは、サービスにログインできません。",
      en: "The service does not let this PC in by the kept password.",
    },
    remedy: {
      ja: "いまのパスワードで、azukeru-agent login からログインし直してください。",
      en: "Log in again with the password of now: azukeru-agent login.",
    },
    exitCode: couldNotRun,
  },
  "not-logged-in": {
    what: { ja: "ログインしていません。", en: "Nobody is logged in." },
    remedy: {
      ja: "azukeru-agent login でログインしてから、もう一度実行してください。",
      en: "Log in with azukeru-agent login, then try again.",
    },
    exitCode: couldNotRun,
  },
  "login-refused": {
    what: { ja: "ログインできませんでした。", en: "The login was refused." },
    remedy: {
      ja: "ログインIDとパスワードを確かめて、もう一度ログインしてください。",
      en: "Check login ID and password, then log in again.",
    },
    exitCode: couldNotRun,
  },
  "captcha-required": {
    what: {
      ja: "ログインには、画像の文字の入力も必要です。",
      en: "The login needs the characters of an image as well.",
    },
    remedy: {
      ja: "画像を開き、5分以内に azukeru-agent login に --captcha ID:文字 を付けて実行してください。端末で実行すると、文字をたずねます。",
      en: "Open the image, then run azukeru-agent login with --captcha ID:CHARACTERS within 5 minutes. On a terminal it asks for them.",
    },
    exitCode: couldNotRun,
  },
  "service-unreachable": {
    what: { ja: "サービスにつながりません。", en: "The service cannot be reached." },
    remedy: {
      ja: "ネットワークの接続と --service のURLを確かめ、しばらくしてから、もう一度実行してください。",
      en: "Check the network connection and the URL given with --service, then try again later.",
    },
    exitCode: couldNotRun,
  },
  "service-refused": {
    what: { ja: "サービスに断られました。", en: "The service refused the request." },
    remedy: {
      ja: "下の理由を確かめて直してから、もう一度実行してください。",
      en: "Put right what the reason says, then try again.",
    },
    exitCode: couldNotRun,
  },
  "source-refused": {
    what: {
      ja: "このフォルダはバックアップ元にできません。",
      en: "This folder cannot be a source folder.",
    },
    remedy: {
      ja: "理由を確かめ、別のフォルダを指定してください。",
      en: "See the reason and choose another folder.",
    },
    exitCode: couldNotRun,
  },
  "no-such-source": {
    what: { ja: "そのようなバックアップ元はありません。", en: "There is no such source folder." },
    remedy: {
      ja: "azukeru-agent source list でIDとパスを確かめてください。",
      en: "See the IDs and paths with azukeru-agent source list.",
    },
    exitCode: couldNotRun,
  },
  "no-sources": {
    what: { ja: "バックアップ元が1つもありません。", en: "There is no source folder yet." },
    remedy: {
      ja: "azukeru-agent source add フォルダ で追加してください。",
      en: "Add one with azukeru-agent source add FOLDER.",
    },
    exitCode: couldNotRun,
  },
  "no-such-job": {
    what: { ja: "そのような履歴はありません。", en: "There is no such job in the history." },
    remedy: {
      ja: "azukeru-agent history でIDを確かめてください。",
      en: "See the IDs with azukeru-agent history.",
    },
    exitCode: couldNotRun,
  },
  "job-not-incomplete": {
    what: { ja: "再実行できない履歴です。", en: "This job cannot be run again." },
    remedy: {
      ja: "再実行できるのは未完了のバックアップと復元です。",
      en: "Only incomplete backups and restores can be run again.",
    },
    exitCode: couldNotRun,
  },
  "not-on-service": {
    what: { ja: "サービス上に見つかりません。", en: "It is not on the service." },
    remedy: {
      ja: "azukeru-agent browse でサービス上の場所を確かめてください。",
      en: "See what is on the service with azukeru-agent browse.",
    },
    exitCode: couldNotRun,
  },
  "invalid-setting": {
    what: { ja: "設定の値が正しくありません。", en: "The value of a setting is not valid." },
    remedy: {
      ja: "理由を確かめ、別の値を指定してください。設定は変わっていません。",
      en: "See the reason and give another value. No setting was changed.",
    },
    exitCode: usage,
  },
  "no-mail-settings": {
    what: { ja: "メール設定がまだありません。", en: "There are no mail settings yet." },
    remedy: {
      ja: "azukeru-agent mail set で設定し、mail test、mail confirm の順に実行してください。",
      en: "Give them with azukeru-agent mail set, then run mail test and mail confirm.",
    },
    exitCode: couldNotRun,
  },
  "mail-not-tested": {
    what: {
      ja: "テストメールを送信していないため、メール設定を確定できません。",
      en: "The mail settings cannot be confirmed without a test mail.",
    },
    remedy: {
      ja: "azukeru-agent mail test でテストメールを送信してから、もう一度実行してください。",
      en: "Send one with azukeru-agent mail test, then try again.",
    },
    exitCode: couldNotRun,
  },
  "mail-not-sent": {
    what: { ja: "テストメールを送信できませんでした。", en: "The test mail was not sent." },
    remedy: {
      ja: "理由を確かめ、必要なら azukeru-agent mail set で設定を直してから、もう一度実行してください。",
      en: "See the reason, put the settings right with azukeru-agent mail set, then try again.",
    },
    exitCode: couldNotRun,
  },
  "mail-server-busy": {
    what: {
      ja: "メールサーバが今はメールを受け付けません。",
      en: "The mail server takes no mail at the moment.",
    },
    remedy: {
      ja: "設定を直す必要はありません。しばらくしてから azukeru-agent mail test をもう一度実行してください。",
      en: "The settings need no change. Try azukeru-agent mail test again later.",
    },
    exitCode: couldNotRun,
  },
  busy: {
    what: { ja: "いまは実行できません。", en: "This cannot be done right now." },
    remedy: {
      ja: "実行中の処理が終わるのを待つか、バックアップなら azukeru-agent backup interrupt で中断してください。",
      en: "Wait for what is running; a backup can be stopped with azukeru-agent backup interrupt.",
    },
    exitCode: couldNotRun,
  },
  closed: {
    what: { ja: "専用ツールは終了しています。", en: "The tool has been closed." },
    remedy: { ja: "もう一度実行してください。", en: "Run the command again." },
    exitCode: couldNotRun,
  },
  usage: {
    what: { ja: "コマンドの指定が正しくありません。", en: "The command was not understood." },
    remedy: {
      ja: "azukeru-agent --help または 各コマンドの --help で使い方を確かめてください。",
      en: "See azukeru-agent --help, or --help after any command.",
    },
    exitCode: usage,
  },
  "no-such-page": {
    what: { ja: "そのページはありません。", en: "There is no such page." },
    remedy: {
      ja: "--page に、あるページの番号を指定してください。",
      en: "Give --page the number of a page that is there.",
    },
    exitCode: usage,
  },
  "home-unusable": {
    what: {
      ja: "専用ツールのフォルダを使えません。",
      en: "The tool's own folder cannot be used.",
    },
    remedy: {
      ja: "フォルダの権限と空き容量を確かめるか、--home で別のフォルダを指定してください。",
      en: "Check the folder's permissions and free space, or name another one with --home.",
    },
    exitCode: couldNotRun,
  },
  "home-forbidden": {
    what: {
      ja: "専用ツールのフォルダを使う権限がありません。",
      en: "You have no right to use the tool's own folder.",
    },
    remedy: {
      ja: "フォルダとその中のファイルを、いまのユーザーが読み書きできるようにしてください (所有者がほかのユーザーなら chown)。または --home で別のフォルダを指定してください。",
      en: "Let this user read and write the folder and the files in it (chown, where they are another user's), or name another folder with --home.",
    },
    exitCode: couldNotRun,
  },
  "home-not-a-folder": {
    what: {
      ja: "専用ツールのフォルダの場所に、フォルダではないものがあります。",
      en: "Where the tool's own folder is to be, there is something else.",
    },
    remedy: {
      ja: "その場所にあるものを別の場所へ移すか、--home で別のフォルダを指定してください。",
      en: "Move what stands there to another place, or name another folder with --home.",
    },
    exitCode: couldNotRun,
  },
  "home-unsafe": {
    what: {
      ja: "専用ツールのフォルダを、ほかの人が書き換えられる状態です。",
      en: "Others could change what is in the tool's own folder.",
    },
    remedy: {
      ja: "理由に示されたものを直すか、--home で自分だけが書き込めるフォルダを指定してください。パスワードがそこに保存されるためです。",
      en: "Put right what the reason names, or name a folder with --home that only you can write: your password is kept there.",
    },
    exitCode: couldNotRun,
  },
  "state-full": {
    what: {
      ja: "専用ツールのフォルダがあるディスクに、空き容量がありません。",
      en: "The disk with the tool's own folder is full.",
    },
    remedy: {
      ja: "そのディスクに空きを作ってから、もう一度実行してください。記録済みの内容は失われていません。",
      en: "Make room on that disk, then run it again. What was noted so far is not lost.",
    },
    exitCode: couldNotRun,
  },
  "state-damaged": {
    what: {
      ja: "専用ツールの状態ファイル (agent.db) が壊れています。",
      en: "The tool's state file (agent.db) is damaged.",
    },
    remedy: {
      ja: "azukeru-agent repair を実行してください。壊れたファイルは別に取っておき、読める履歴を残して作り直します。サービス上のデータはそのままです。",
      en: "Run azukeru-agent repair: it sets the damaged file aside and makes a new one with the history that can be read. What is on the service stays.",
    },
    exitCode: couldNotRun,
  },
  "state-foreign": {
    what: {
      ja: "専用ツールの状態ファイル (agent.db) が、別のプログラムのものです。",
      en: "The tool's state file (agent.db) is another program's.",
    },
    remedy: {
      ja: "--home の指定を確かめてください。このフォルダで正しければ、azukeru-agent repair がそのファイルを別に取っておき、作り直します。",
      en: "Check what --home says. If it is the right folder, azukeru-agent repair sets the file aside and makes a new one.",
    },
    exitCode: couldNotRun,
  },
  "state-newer": {
    what: {
      ja: "状態ファイルは、もっと新しい専用ツールが書いたものです。",
      en: "The state file was written by a newer tool.",
    },
    remedy: {
      ja: "新しい専用ツールを使うか、--home で別のフォルダを指定してください。この版を使い続けるなら、azukeru-agent repair がそのファイルを別に取っておき、読める内容で作り直します。",
      en: "Use the newer tool, or name another folder with --home. To stay with this version, azukeru-agent repair sets the file aside and makes a new one with what can be read.",
    },
    exitCode: couldNotRun,
  },
  "state-read-only": {
    what: {
      ja: "専用ツールのフォルダは、読み取り専用のディスクにあります。",
      en: "The tool's own folder is on a disk that may only be read.",
    },
    remedy: {
      ja: "ディスクを書き込めるようにするか、--home で別のフォルダを指定してください。履歴はそのままで見られます。",
      en: "Make the disk writable, or name another folder with --home. The history can be read as it is.",
    },
    exitCode: couldNotRun,
  },
  "state-unreadable": {
    what: {
      ja: "専用ツールの状態ファイル (agent.db) を読み書きできません。",
      en: "The tool's state file (agent.db) could not be read or written.",
    },
    remedy: {
      ja: "ディスクに異常がないか確かめて、もう一度実行してください。続くときは azukeru-agent repair を実行してください。",
      en: "Check the disk for errors and run it again. If it stays so, run azukeru-agent repair.",
    },
    exitCode: couldNotRun,
  },
  "held-by-other-process": {
    what: {
      ja: "同じフォルダを使う別の専用ツールが動いています。",
      en: "Another process of the tool works in the same folder.",
    },
    remedy: {
      ja: "終わるのを待つか、バックアップなら azukeru-agent backup interrupt で中断してください。",
      en: "Wait until it ends; a backup can be stopped with azukeru-agent backup interrupt.",
    },
    exitCode: couldNotRun,
  },
  "daemon-running": {
    what: {
      ja: "自動バックアップの予定は、別の専用ツールがすでに受け持っています。",
      en: "Another process of the tool holds the schedule already.",
    },
    remedy: {
      ja: "そのままで自動バックアップは動きます。入れ替えるには、動いている daemon を終了してください。",
      en: "Automatic backups run as it is. To take its place, end the daemon that runs.",
    },
    exitCode: couldNotRun,
  },
  "no-schedule": {
    what: {
      ja: "自動バックアップの予定がまだありません。",
      en: "There is no schedule for automatic backups yet.",
    },
    remedy: {
      ja: "azukeru-agent schedule set --at 03:00 のように、時刻を決めてください。",
      en: "Choose a time, as with azukeru-agent schedule set --at 03:00.",
    },
    exitCode: couldNotRun,
  },
  "restore-running": {
    what: { ja: "復元には中断がありません。", en: "A restore cannot be interrupted." },
    remedy: {
      ja: "終わるのを待つか、復元しているプロセスで Ctrl-C を押して専用ツールを終了してください。",
      en: "Wait until it ends, or close the tool by Ctrl-C where the restore runs.",
    },
    exitCode: couldNotRun,
  },
  "no-answer": {
    what: {
      ja: "動いている専用ツールから返事がありません。",
      en: "The running tool does not answer.",
    },
    remedy: {
      ja: "しばらく待ってからもう一度実行するか、そのプロセスを終了してください。",
      en: "Wait and try again, or end that process.",
    },
    exitCode: couldNotRun,
  },
  cancelled: {
    what: { ja: "取り消しました。", en: "Cancelled." },
    remedy: {
      ja: "必要ならもう一度実行してください。",
      en: "Run the command again if you want it.",
    },
    exitCode: couldNotRun,
  },
  "internal-error": {
    what: { ja: "予期しないエラーが起きました。", en: "Something unforeseen went wrong." },
    remedy: {
      ja: "--debug を付けて実行し、その表示と logs フォルダのログをサポートに送ってください。",
      en: "Run it again with --debug and send what it prints, and the log in the logs folder, to support.",
    },
    exitCode: couldNotRun,
  },
};
