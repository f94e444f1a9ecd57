import type { MessageTable } from "../message-table.ts";

/** What a PC says of the registration with its task scheduler. */
export const TASK_MESSAGES = {
  "task.no-password": {
    ja: "Windowsは、パスワードが空のユーザーのタスクを、サインアウト中には実行しません。パスワードを設定してから登録し直してください",
    en: "Windows starts no task for a signed-out user whose password is empty; set a password and register again",
  },
  "task.wrong-password": {
    ja: "Windowsがパスワードを受け付けませんでした。Windowsへのサインインに使うパスワードで登録し直してください",
    en: "Windows did not accept the password; register again with the one you sign in to Windows with",
  },
  "task.no-rights": {
    ja: "このユーザーは、サインアウト中に動くタスクを登録できません。管理者として登録してください",
    en: "this user may not register a task that runs while signed out; register as an administrator",
  },
  "task.no-scheduler": {
    ja: "このPCでは、タスクスケジューラーを利用できません",
    en: "this PC has no Task Scheduler that can be reached",
  },
  "task.refused": {
    ja: "タスクスケジューラーが登録を拒否しました",
    en: "the Task Scheduler refused",
  },
  "task.says": { ja: "{what}: {said}", en: "{what}: {said}" },
  "task.unwritable": {
    ja: "{path} に書き込めません: {why}",
    en: "{path} cannot be written: {why}",
  },
  "task.timer-unwritable": {
    ja: "タイマーの設定を書き込めません: {why}",
    en: "the timer cannot be written: {why}",
  },
  "task.windows-server-2012": {
    ja: "Windows Server 2012では、OSのスケジューラーから専用ツールを起動できません",
    en: "on Windows Server 2012 the system cannot start the tool",
  },
  "task.macos-signed-in": {
    ja: "macOSは、ユーザーがサインインしている間だけ専用ツールを起動します",
    en: "macOS starts the tool only while its user is signed in",
  },
  "task.no-launchctl": { ja: "このPCには launchctl がありません", en: "this PC has no launchctl" },
  "task.sign-in-at-mac": {
    ja: "Macの画面でサインインしてから登録し直してください ({said})",
    en: "sign in at the Mac itself and register again ({said})",
  },
  "task.no-lingering": {
    ja: "だれもサインインしていない間はタイマーが動きません (lingerが許可されていません)。管理者は次のコマンドで許可できます: loginctl enable-linger {user}",
    en: "the timer does not run while nobody is signed in, because lingering was refused; an administrator can allow it with: loginctl enable-linger {user}",
  },
  "task.no-systemd": { ja: "このPCには systemd がありません", en: "this PC has no systemd" },
  "task.no-user-systemd": {
    ja: "このユーザーの systemd がここでは動いていません ({said})。PCにサインインしてから登録し直してください",
    en: "this user has no systemd of his own here ({said}); sign in to the PC and register again",
  },
  "task.ended-by": { ja: "途中で終了しました ({by})", en: "it was ended ({by})" },
  "task.took-too-long": { ja: "時間がかかりすぎました", en: "it took too long" },
  "task.wrote-too-much": { ja: "出力が多すぎます", en: "it wrote more than it may" },
} as const satisfies MessageTable;
