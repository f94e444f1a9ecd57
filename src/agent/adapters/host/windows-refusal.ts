import type { TaskRegistration } from "../../ports/host.ts";
import { message, type Message } from "../../../messages/message.ts";

/** A registration that did not come about. */
export type Refusal = Extract<TaskRegistration, { kind: "refused" }>;

const REASONS: Readonly<Record<Refusal["why"], Message>> = {
  "no-password": message("task.no-password"),
  "wrong-password": message("task.wrong-password"),
  "no-rights": message("task.no-rights"),
  unsupported: message("task.no-scheduler"),
  failed: message("task.refused"),
};

/** By Windows' own error numbers (HRESULT), which are the same in every language. */
const BY_NUMBER: Readonly<Record<string, Refusal["why"]>> = {
  "8007052E": "wrong-password", // ERROR_LOGON_FAILURE
  "80070056": "wrong-password", // ERROR_INVALID_PASSWORD
  "80070532": "wrong-password", // ERROR_PASSWORD_EXPIRED
  "80070773": "wrong-password", // ERROR_PASSWORD_MUST_CHANGE
  "8007052F": "no-password", // ERROR_ACCOUNT_RESTRICTION: an empty one, by policy
  "80070005": "no-rights", // E_ACCESSDENIED
  "80070522": "no-rights", // ERROR_PRIVILEGE_NOT_HELD
  "80070569": "no-rights", // ERROR_LOGON_TYPE_NOT_GRANTED: no "log on as a batch job"
};

/** Where only words came back, in the languages the products are sold with. */
const BY_WORDS: readonly (readonly [words: RegExp, why: Refusal["why"]])[] = [
  [/user ?name or (the )?password is incorrect|パスワードが正しくありません/i, "wrong-password"],
  [
    /account restrictions?|blank passwords? (are|aren't)|アカウントの制限|空のパスワード/i,
    "no-password",
  ],
  [/access is denied|アクセスが拒否されました/i, "no-rights"],
];

/** What a failed registration means: `exitCode` may be a HRESULT, and `output` may name one. */
export function windowsRefusal(exitCode: number, output: string): Refusal {
  const inOutput = /HRESULT 0x([0-9A-F]{8})/i.exec(output)?.[1]?.toUpperCase();
  const number = inOutput ?? (exitCode >>> 0).toString(16).toUpperCase().padStart(8, "0");
  const why = BY_NUMBER[number] ?? BY_WORDS.find(([words]) => words.test(output))?.[1] ?? "failed";
  return refusal(why, why === "failed" ? firstLine(output) || `0x${number}` : undefined);
}

/** A refusal with the words that belong to it, and what the system said where they say little. */
export function refusal(why: Refusal["why"], said?: string | Message): Refusal {
  return {
    kind: "refused",
    why,
    reason: said === undefined ? REASONS[why] : message("task.says", { what: REASONS[why], said }),
  };
}

function firstLine(output: string): string {
  const lines = output.split(/\r?\n/).map((line) => line.trim());
  return lines.find((line) => line !== "" && !line.startsWith("HRESULT")) ?? "";
}
