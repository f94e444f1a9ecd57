import { readFile } from "node:fs/promises";

import { parse } from "yaml";
import { z } from "zod";

import { DEFAULT_MAIL_ACCOUNT, mailAccountSchema, type MailAccount } from "../smtp/mail-account.ts";
import { accountSettingsSchema, type AccountSettings } from "../storage/stores/account-settings.ts";
import { CliError } from "./cli-error.ts";

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

/** Reads accounts from a YAML or JSON file. Rejects with a `CliError` that names file and setting. */
export async function readAccounts(file: string): Promise<AccountFile> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new CliError(`${file}: cannot be read (${errorText(error)})`, { cause: error });
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new CliError(`${file}: is neither YAML nor JSON: ${errorText(error)}`, { cause: error });
  }
  const parsed = accountFileSchema.safeParse(value);
  if (parsed.success) {
    const { accounts, mailAccounts = [DEFAULT_MAIL_ACCOUNT] } = parsed.data;
    return { accounts, mailAccounts };
  }
  const issues = parsed.error.issues.map(
    ({ path, message }) => `${file}: ${path.join(".") || "the file"}: ${message}`,
  );
  throw new CliError(issues.join("\n"));
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
