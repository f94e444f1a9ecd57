import { printable } from "../../../messages/printable.ts";
import type { AccountInfo } from "../../account/requests.ts";
import type { LockHolder } from "../lock-holder.ts";
import { lineKind } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { pick } from "../output/pick.ts";

/** Who is logged in, after `login`. */
export const ACCOUNT_LINE = lineKind("account", "schema.line-account", ({ z }) => ({
  serviceUrl: z.string(),
  loginId: z.string(),
  nickname: z.string(),
  deviceName: z.string(),
}));

/** What `logout` found and did. */
export const LOGOUT_LINE = lineKind("logout", "schema.line-logout", ({ z }) => ({
  wasLoggedIn: z.boolean(),
  interruptedProcess: z.int().nullable().describe("schema.logout-process"),
}));

/** Tells who has logged in, and what the service calls this PC. */
export function reportLogin(output: Output, account: AccountInfo, deviceName: string): void {
  output.json(ACCOUNT_LINE, {
    ...pick(account, ["serviceUrl", "loginId", "nickname"]),
    deviceName,
  });
  const who = printable(`${account.nickname} (${account.loginId})`);
  const device = printable(deviceName);
  output.text(() =>
    output.say({
      ja: `${who} としてログインしました。このPCの名前: ${device}`,
      en: `Logged in as ${who}. This PC is called ${device}.`,
    }),
  );
}

/** Tells of the end of a login, and of the process that was `ended` by it. */
export function reportLogout(
  output: Output,
  wasLoggedIn: boolean,
  ended: LockHolder | undefined,
): void {
  output.json(LOGOUT_LINE, { wasLoggedIn, interruptedProcess: ended?.pid ?? null });
  output.text(() => {
    if (!wasLoggedIn)
      return output.say({ ja: "ログインしていません。", en: "Nobody is logged in." });
    if (ended === undefined) {
      return output.say({ ja: "ログアウトしました。", en: "Logged out." });
    }
    return ended.runs === "restore"
      ? output.say({
          ja: `ログアウトし、プロセス ${ended.pid} の復元を終了しました。`,
          en: `Logged out; the restore of process ${ended.pid} was ended.`,
        })
      : output.say({
          ja: `ログアウトし、プロセス ${ended.pid} のバックアップを中断しました。`,
          en: `Logged out; the backup of process ${ended.pid} was interrupted.`,
        });
  });
}
