import { ACCOUNT_MESSAGES } from "./tables/account-messages.ts";
import { BACKUP_MESSAGES } from "./tables/backup-messages.ts";
import { CHECKED_BACKUP_MESSAGES } from "./tables/checked-backup-messages.ts";
import { CHECKED_CRASH_MESSAGES } from "./tables/checked-crash-messages.ts";
import { CHECKED_DELETE_MESSAGES } from "./tables/checked-delete-messages.ts";
import { CHECKED_JOB_MESSAGES } from "./tables/checked-job-messages.ts";
import { CHECKED_MAIL_MESSAGES } from "./tables/checked-mail-messages.ts";
import { CHECKED_RESTORE_MESSAGES } from "./tables/checked-restore-messages.ts";
import { CHECKED_RUN_MESSAGES } from "./tables/checked-run-messages.ts";
import { CHECKED_SLOT_MESSAGES } from "./tables/checked-slot-messages.ts";
import { CONTROL_REFUSAL_MESSAGES } from "./tables/control-refusal-messages.ts";
import { DELETE_MESSAGES } from "./tables/delete-messages.ts";
import { DISK_MESSAGES } from "./tables/disk-messages.ts";
import { ENTRY_KIND_MESSAGES } from "./tables/entry-kind-messages.ts";
import { EXCHANGE_MESSAGES } from "./tables/exchange-messages.ts";
import { FUZZ_MESSAGES } from "./tables/fuzz-messages.ts";
import { HARNESS_MESSAGES } from "./tables/harness-messages.ts";
import { HISTORY_MESSAGES } from "./tables/history-messages.ts";
import { HOME_MESSAGES } from "./tables/home-messages.ts";
import { INPUT_MESSAGES } from "./tables/input-messages.ts";
import { MAIL_MESSAGES } from "./tables/mail-messages.ts";
import { PROBLEM_MESSAGES } from "./tables/problem-messages.ts";
import { REQUEST_REFUSAL_MESSAGES } from "./tables/request-refusal-messages.ts";
import { RESTORE_MESSAGES } from "./tables/restore-messages.ts";
import { RUN_MESSAGES } from "./tables/run-messages.ts";
import { SCHEMA_MESSAGES } from "./tables/schema-messages.ts";
import { SERVICE_MESSAGES } from "./tables/service-messages.ts";
import { SETTINGS_MESSAGES } from "./tables/settings-messages.ts";
import { SNAPSHOT_REFUSAL_MESSAGES } from "./tables/snapshot-refusal-messages.ts";
import { SOURCE_MESSAGES } from "./tables/source-messages.ts";
import { STATE_MESSAGES } from "./tables/state-messages.ts";
import { STORAGE_REFUSAL_MESSAGES } from "./tables/storage-refusal-messages.ts";
import { STORED_MESSAGES } from "./tables/stored-messages.ts";
import { SYSTEM_ERROR_MESSAGES } from "./tables/system-error-messages.ts";
import { TASK_MESSAGES } from "./tables/task-messages.ts";
import { UPLOAD_REFUSAL_MESSAGES } from "./tables/upload-refusal-messages.ts";
import { USAGE_MESSAGES } from "./tables/usage-messages.ts";

/** Every text that has a code, in every language; a topic's table is in `tables/`. */
export const MESSAGES: typeof ACCOUNT_MESSAGES &
  typeof BACKUP_MESSAGES &
  typeof CHECKED_BACKUP_MESSAGES &
  typeof CHECKED_CRASH_MESSAGES &
  typeof CHECKED_DELETE_MESSAGES &
  typeof CHECKED_JOB_MESSAGES &
  typeof CHECKED_MAIL_MESSAGES &
  typeof CHECKED_RESTORE_MESSAGES &
  typeof CHECKED_RUN_MESSAGES &
  typeof CHECKED_SLOT_MESSAGES &
  typeof CONTROL_REFUSAL_MESSAGES &
  typeof DELETE_MESSAGES &
  typeof DISK_MESSAGES &
  typeof ENTRY_KIND_MESSAGES &
  typeof EXCHANGE_MESSAGES &
  typeof FUZZ_MESSAGES &
  typeof HARNESS_MESSAGES &
  typeof HISTORY_MESSAGES &
  typeof HOME_MESSAGES &
  typeof INPUT_MESSAGES &
  typeof MAIL_MESSAGES &
  typeof PROBLEM_MESSAGES &
  typeof REQUEST_REFUSAL_MESSAGES &
  typeof RESTORE_MESSAGES &
  typeof RUN_MESSAGES &
  typeof SCHEMA_MESSAGES &
  typeof SERVICE_MESSAGES &
  typeof SETTINGS_MESSAGES &
  typeof SNAPSHOT_REFUSAL_MESSAGES &
  typeof SOURCE_MESSAGES &
  typeof STATE_MESSAGES &
  typeof STORAGE_REFUSAL_MESSAGES &
  typeof STORED_MESSAGES &
  typeof SYSTEM_ERROR_MESSAGES &
  typeof TASK_MESSAGES &
  typeof UPLOAD_REFUSAL_MESSAGES &
  typeof USAGE_MESSAGES = {
  ...ACCOUNT_MESSAGES,
  ...BACKUP_MESSAGES,
  ...CHECKED_BACKUP_MESSAGES,
  ...CHECKED_CRASH_MESSAGES,
  ...CHECKED_DELETE_MESSAGES,
  ...CHECKED_JOB_MESSAGES,
  ...CHECKED_MAIL_MESSAGES,
  ...CHECKED_RESTORE_MESSAGES,
  ...CHECKED_RUN_MESSAGES,
  ...CHECKED_SLOT_MESSAGES,
  ...CONTROL_REFUSAL_MESSAGES,
  ...DELETE_MESSAGES,
  ...DISK_MESSAGES,
  ...ENTRY_KIND_MESSAGES,
  ...EXCHANGE_MESSAGES,
  ...FUZZ_MESSAGES,
  ...HARNESS_MESSAGES,
  ...HISTORY_MESSAGES,
  ...HOME_MESSAGES,
  ...INPUT_MESSAGES,
  ...MAIL_MESSAGES,
  ...PROBLEM_MESSAGES,
  ...REQUEST_REFUSAL_MESSAGES,
  ...RESTORE_MESSAGES,
  ...RUN_MESSAGES,
  ...SCHEMA_MESSAGES,
  ...SERVICE_MESSAGES,
  ...SETTINGS_MESSAGES,
  ...SNAPSHOT_REFUSAL_MESSAGES,
  ...SOURCE_MESSAGES,
  ...STATE_MESSAGES,
  ...STORAGE_REFUSAL_MESSAGES,
  ...STORED_MESSAGES,
  ...SYSTEM_ERROR_MESSAGES,
  ...TASK_MESSAGES,
  ...UPLOAD_REFUSAL_MESSAGES,
  ...USAGE_MESSAGES,
};
