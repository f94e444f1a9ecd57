import { readFile } from "node:fs/promises";

import { z } from "zod";

import { describeIssues } from "../input/describe-issues.ts";
import { readYaml } from "../input/read-yaml.ts";
import { DEFAULT_MAIL_ACCOUNT, mailAccountSchema, type MailAccount } from "../smtp/mail-account.ts";
import { accountSettingsSchema, type AccountSettings } from "../storage/stores/account-settings.ts";
import { CliError } from "./cli-error.ts";
import { message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";

const accountFileSchema = z.strictObject({
  accounts: z.array(accountSettingsSchema).min(1),
  /** Who may log in to the mail server. Default: `DEFAULT_MAIL_ACCOUNT`. */
  mailAccounts: z.array(mailAccountSchema).min(1).optional(),
});

/** What an account file holds. */
export interface AccountFile {
  readonly accounts: readonly AccountSettings[];
  readonly mailAccounts: readonly MailAccount[];
}

/** The account a service has when nobody says otherwise. */
export const DEFAULT_ACCOUNT: AccountSettings = {
  loginId: "demo",
  password: "demo-password",
  nickname: "デモ",
};

/** Reads accounts from a YAML or JSON file. Rejects with a `CliError` that says everything that is wrong, with its line. */
export async function readAccounts(file: string): Promise<AccountFile> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new CliError(message("input.unreadable", { file, why: reasonOf(error) }), error);
  }
  const { data, problems, placeOf } = readYaml(text, file);
  if (problems.length > 0) throw new CliError(problems);
  const parsed = accountFileSchema.safeParse(data);
  if (parsed.success) {
    const { accounts, mailAccounts = [DEFAULT_MAIL_ACCOUNT] } = parsed.data;
    return { accounts, mailAccounts };
  }
  const reasons = describeIssues(accountFileSchema, data).map(({ path, message: what }) =>
    message("input.at", { place: placeOf(path), what }),
  );
  throw new CliError(reasons);
}
