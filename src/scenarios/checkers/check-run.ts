import { restartKeepsAll } from "./service/restart-keeps-all.ts";
import { serviceKeepsItsWord } from "./service/service-keeps-its-word.ts";
import type { Violation } from "./shared/violation.ts";
import { noSecrets } from "./whole-run/i10-no-secrets.ts";
import { waitsAreTold } from "./whole-run/waits-are-told.ts";
import { checkCaptchas } from "./whole-run/captchas.ts";
import { oneWrongPassword } from "./whole-run/one-wrong-password.ts";
import { onlyInTheDestination } from "./whole-run/i11-only-in-the-destination.ts";
import { boundedMemory } from "./whole-run/i12-bounded-memory.ts";
import { everyJobEnds } from "./whole-run/i13-every-job-ends.ts";
import { nothingAcknowledgedIsLost } from "./whole-run/i14-nothing-acknowledged-is-lost.ts";
import { cutJobsAreClosed } from "./whole-run/i14-cut-jobs-are-closed.ts";
import { sideBySide } from "./whole-run/i16-side-by-side.ts";
import { healing } from "./whole-run/i4-healing.ts";
import { timesAndModes } from "./whole-run/i4-times-and-modes.ts";
import { capacity } from "./whole-run/i5-capacity.ts";
import { generations } from "./whole-run/i6-generations.ts";
import { generationsFallInOrder } from "./whole-run/i6-generations-fall-in-order.ts";
import { oneDeletionPerBackup } from "./delete/i9-one-deletion-per-backup.ts";
import { noLeftovers } from "./restore/no-leftovers.ts";
import { laterJobsHeal } from "./whole-run/later-jobs-heal.ts";
import { refusalsAreDue } from "./whole-run/refusals-are-due.ts";
import { remediesHeal } from "./whole-run/remedies-heal.ts";
import { goesTheWay } from "./whole-run/goes-the-way.ts";
import { browsedPagesAreWhole } from "./whole-run/browsed-pages-are-whole.ts";
import { listsAreWhole } from "./whole-run/lists-are-whole.ts";
import { standingStays } from "./restore/standing-stays.ts";
import { refusesForRoomAlone } from "./mail/mail-room.ts";
import { keepsTrying } from "./whole-run/keeps-trying.ts";
import { keepsAskedPauses } from "./whole-run/keeps-asked-pauses.ts";
import { oneNoticeAMonth } from "./whole-run/one-notice-a-month.ts";
import { notesOfRestoresEnd } from "./restore/notes-of-restores-end.ts";
import { nothingElseIsShown } from "./whole-run/nothing-else-is-shown.ts";
import { eachFileSentOnce } from "./whole-run/each-file-sent-once.ts";
import { nothingReadAgain } from "./whole-run/nothing-read-again.ts";
import { nothingSentTwice } from "./whole-run/nothing-sent-twice.ts";
import { sourcesStandAlone } from "./whole-run/sources-stand-alone.ts";
import { uploadsGoOn } from "./whole-run/uploads-go-on.ts";
import { readsOnly } from "./whole-run/i7-reads-only.ts";
import { memoryLimitsOf } from "./backup/memory-need.ts";
import { backupFacts } from "./backup/backup-facts.ts";
import type { CheckResult } from "./shared/check-result.ts";
import { restoreFacts } from "./restore/restore-facts.ts";
import { retryPolicyOf, type RetryPolicy } from "./shared/retry-policy.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { checkDeleteJob } from "./delete/check-delete-job.ts";
import { leftOverAfterHealing } from "./delete/i4-nothing-left-over.ts";
import { deletesOnlyWhatIsGone } from "./delete/i7-deletes-only-what-is-gone.ts";
import {
  knownAfterBackup,
  knownAfterDeletion,
  knownOfThisFolder,
  NOTHING_KNOWN,
  type AgentKnowledge,
} from "./shared/agent-knowledge.ts";
import { checkBackupJob } from "./backup/check-backup-job.ts";
import { withMixedSpellings } from "./shared/mixed-spellings.ts";
import { checkRestoreJob } from "./restore/check-restore-job.ts";
import { checkMails } from "./mail/check-mails.ts";
import { ForgottenUploads } from "./backup/forgotten-uploads.ts";
import { checkSlots } from "./schedule/check-slots.ts";

/** Checks everything a scenario left behind: each job by the status tables, all of it by the invariants. */
export function checkRun(observed: RunRecord): CheckResult {
  const record = withMixedSpellings(observed);
  const retryPolicy = retryPolicyOf(record.scenario.tuning);
  const slots = checkSlots(record);
  const results = [
    ...checkBackupsAndDeletions(record, retryPolicy),
    ...record.restores.map((run) => checkRestoreJob(restoreFacts(run, retryPolicy))),
    slots,
    checkMails(record, slots),
    checkCaptchas(record),
    ...OF_THE_WHOLE_RUN.map((check) => ({ violations: check(record), hits: [] })),
  ];
  const violations = results.flatMap((result) => result.violations);
  // What is reached on a wrong way is not reached.
  return { violations, hits: violations.length === 0 ? results.flatMap(({ hits }) => hits) : [] };
}

const OF_THE_WHOLE_RUN: readonly ((record: RunRecord) => Violation[])[] = [
  healing,
  timesAndModes,
  capacity,
  generations,
  generationsFallInOrder,
  readsOnly,
  noSecrets,
  oneWrongPassword,
  waitsAreTold,
  onlyInTheDestination,
  boundedMemory,
  everyJobEnds,
  nothingAcknowledgedIsLost,
  cutJobsAreClosed,
  oneDeletionPerBackup,
  sideBySide,
  nothingSentTwice,
  eachFileSentOnce,
  nothingReadAgain,
  uploadsGoOn,
  sourcesStandAlone,
  standingStays,
  noLeftovers,
  notesOfRestoresEnd,
  nothingElseIsShown,
  goesTheWay,
  remediesHeal,
  laterJobsHeal,
  listsAreWhole,
  browsedPagesAreWhole,
  serviceKeepsItsWord,
  restartKeepsAll,
  oneNoticeAMonth,
  refusesForRoomAlone,
  keepsAskedPauses,
  keepsTrying,
  refusalsAreDue,
];

/** Follows the backups and the delete jobs behind them in their order: what an agent knows grows with them. */
function checkBackupsAndDeletions(record: RunRecord, retryPolicy: RetryPolicy): CheckResult[] {
  const backups: CheckResult[] = [];
  const following = Map.groupBy(record.deletions, ({ backup }) => backup);
  const deletions = (following.get(undefined) ?? []).map((deletion) =>
    checkDeleteJob({ deletion, known: NOTHING_KNOWN, knownNow: NOTHING_KNOWN, retryPolicy }),
  );
  const memoryLimits = memoryLimitsOf(record.scenario);
  const knowledge = new Map<string, AgentKnowledge>();
  const forgotten = new ForgottenUploads(record.scenario);
  for (const run of record.backups) {
    const place = `${run.device} ${run.sourcePath}`;
    const known = knownOfThisFolder(run, knowledge.get(place) ?? NOTHING_KNOWN);
    const limits = { memory: memoryLimits, forgottenBytes: forgotten.bytesAt(run) };
    backups.push(checkBackupJob(backupFacts(run, retryPolicy, known, limits)));
    forgotten.add(run);
    let knownNow = knownAfterBackup(run, known);
    for (const deletion of following.get(run) ?? []) {
      const violations = [
        ...deletesOnlyWhatIsGone(deletion, knownNow),
        ...leftOverAfterHealing(deletion, knownNow, record),
      ];
      deletions.push(checkDeleteJob({ deletion, known, knownNow, retryPolicy }), {
        violations,
        hits: [],
      });
      knownNow = knownAfterDeletion(deletion, knownNow);
    }
    knowledge.set(place, knownNow);
  }
  return [...backups, ...deletions];
}
