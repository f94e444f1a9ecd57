import { BACKUP_MESSAGES } from "./tables/backup-messages.ts";
import { DELETE_MESSAGES } from "./tables/delete-messages.ts";
import { DISK_MESSAGES } from "./tables/disk-messages.ts";
import { ENTRY_KIND_MESSAGES } from "./tables/entry-kind-messages.ts";
import { EXCHANGE_MESSAGES } from "./tables/exchange-messages.ts";
import { PROBLEM_MESSAGES } from "./tables/problem-messages.ts";
import { RESTORE_MESSAGES } from "./tables/restore-messages.ts";
import { RUN_MESSAGES } from "./tables/run-messages.ts";
import { SYSTEM_ERROR_MESSAGES } from "./tables/system-error-messages.ts";

/** Every text that has a code, in every language; a topic's table is in `tables/`. */
export const MESSAGES: typeof BACKUP_MESSAGES &
  typeof DELETE_MESSAGES &
  typeof DISK_MESSAGES &
  typeof ENTRY_KIND_MESSAGES &
  typeof EXCHANGE_MESSAGES &
  typeof PROBLEM_MESSAGES &
  typeof RESTORE_MESSAGES &
  typeof RUN_MESSAGES &
  typeof SYSTEM_ERROR_MESSAGES = {
  ...BACKUP_MESSAGES,
  ...DELETE_MESSAGES,
  ...DISK_MESSAGES,
  ...ENTRY_KIND_MESSAGES,
  ...EXCHANGE_MESSAGES,
  ...PROBLEM_MESSAGES,
  ...RESTORE_MESSAGES,
  ...RUN_MESSAGES,
  ...SYSTEM_ERROR_MESSAGES,
};
