import type { CauseText } from "./cause-text.ts";
import { BACKUP_FILES_CAUSE_TEXTS } from "./cause-texts-backup-files.ts";
import { BACKUP_START_CAUSE_TEXTS } from "./cause-texts-backup-start.ts";
import { BACKUP_STOPS_CAUSE_TEXTS } from "./cause-texts-backup-stops.ts";
import { BACKUP_UNEXPECTED_CAUSE_TEXTS } from "./cause-texts-backup-unexpected.ts";
import { DELETE_CAUSE_TEXTS } from "./cause-texts-delete.ts";
import { RESTORE_CAUSE_TEXTS } from "./cause-texts-restore.ts";
import type { CauseId } from "./cause.ts";

/**
 * Cause and remedy of every cause, in Japanese and English, for the customer who owns the PC. Shown
 * wherever a status is shown to a person: history details, result mail, support reports.
 */
export const CAUSE_TEXTS: Readonly<Record<CauseId, CauseText>> = {
  ...BACKUP_START_CAUSE_TEXTS,
  ...BACKUP_FILES_CAUSE_TEXTS,
  ...BACKUP_STOPS_CAUSE_TEXTS,
  ...BACKUP_UNEXPECTED_CAUSE_TEXTS,
  ...RESTORE_CAUSE_TEXTS,
  ...DELETE_CAUSE_TEXTS,
};
