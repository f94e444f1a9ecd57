import { readFile } from "node:fs/promises";

import { parse } from "yaml";
import { z } from "zod";

import { accountSettingsSchema, type AccountSettings } from "../storage/stores/account-settings.ts";
import { CliError } from "./cli-error.ts";

const accountFileSchema = z.strictObject({ accounts: z.array(accountSettingsSchema).min(1) });

/** The account a service has when nobody says otherwise. */
export const DEFAULT_ACCOUNT: AccountSettings = {
  loginId: "demo",
  password: "demo-password",
  nickname: "デモ",
};

/** Reads accounts from a YAML or JSON file. Rejects with a `CliError` that names file and setting. */
export async function readAccounts(file: string): Promise<AccountSettings[]> {
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
  if (parsed.success) return parsed.data.accounts;
  const issues = parsed.error.issues.map(
    ({ path, message }) => `${file}: ${path.join(".") || "the file"}: ${message}`,
  );
  throw new CliError(issues.join("\n"));
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
