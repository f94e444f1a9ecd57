import { z } from "zod";

import { CAUSE_IDS, type CauseId } from "../../../protocol/causes/causes.ts";
import { EDITIONS } from "../../../protocol/edition.ts";
import { FILE_STATUSES } from "../../../protocol/file-status.ts";
import { JOB_KINDS } from "../../../protocol/job-kind.ts";
import { STATUSES } from "../../../protocol/status.ts";
import { nanosecondsSchema, sha256Schema } from "../../../protocol/http/schemas.ts";
import { CONFLICT_CHOICES, JOB_TRIGGERS } from "../../../protocol/job-record.ts";
import type { CliErrorCode } from "./cli-error.ts";
import { ERROR_TEXTS } from "./error-texts.ts";
import { OUTPUT_SCHEMA } from "./output-schema-name.ts";

const count = z.int().min(0);
const bytes = z.int().min(0);
const instant = z.iso.datetime({ precision: 3 });
const seconds = z.number().min(0);
const identifier = z.int().min(1);

const cause = z.strictObject({
  id: z.enum(CAUSE_IDS as [CauseId, ...CauseId[]]),
  cause: z.string().min(1).describe("What happened, for people, in the language of the command."),
  remedy: z.string().min(1).describe("What to do about it, likewise."),
});

const switches = {
  includeHidden: z.boolean(),
  compareUpload: z
    .boolean()
    .describe("差分比較アップロード: what is missing on the service is sent."),
  compareDelete: z.boolean().describe("差分比較削除: what is gone here is deleted there."),
};

const jobSettings = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("backup"), ...switches }),
  z.strictObject({
    kind: z.literal("restore"),
    entryKind: z.enum(["file", "folder"]),
    generation: identifier.nullable().describe("Null: the newest."),
    onConflict: z.enum([...CONFLICT_CHOICES, "ask"]),
  }),
]);

const jobMembers = {
  jobId: identifier,
  kind: z.enum(JOB_KINDS),
  trigger: z.enum(JOB_TRIGGERS).describe("What started the job."),
  sourceId: identifier.nullable().describe("Null when the source was removed since."),
  sourcePath: z
    .string()
    .describe("Where from: the source folder; for a restore the place on the service."),
  destination: z
    .string()
    .describe("Where to: the place on the service, names joined by /; for a restore the folder."),
  startedAt: instant,
  endedAt: instant
    .nullable()
    .describe("Null while it waits or runs, when it did not run, and when it was cut off."),
  elapsedSeconds: seconds
    .nullable()
    .describe("From start to end, of a running job until now; null where there is no end."),
  status: z.enum(STATUSES),
  statusLabel: z.string().min(1).describe("The status for people, in the command's language."),
  causes: z.array(cause).describe("What may have caused the status, most likely first."),
  settings: jobSettings
    .nullable()
    .describe("What it was to do, which rerun does again; null where that is not known."),
  targetCount: count.describe("Files and folders the job is about, as far as known."),
  targetFileCount: count.describe("Files among them."),
  targetBytes: bytes.describe("Size of these files."),
  processedCount: count.describe("Targets that have a final status."),
  transferredFileCount: count.describe("Files sent; restored by a restore, deleted by a deletion."),
  transferredBytes: bytes,
  excludedCount: count.describe("Entries left as they are: links, devices, skipped files, ..."),
  detail: z.string().nullable().describe("What happened to the job as a whole, for people."),
};

function line<Type extends string, Members extends z.core.$ZodLooseShape>(
  type: Type,
  description: string,
  members: Members,
): z.ZodObject<
  { schema: z.ZodLiteral<typeof OUTPUT_SCHEMA>; type: z.ZodLiteral<Type> } & Members,
  z.core.$strict
> {
  return z
    .strictObject({ schema: z.literal(OUTPUT_SCHEMA), type: z.literal(type), ...members })
    .describe(description);
}

/** Who is logged in, after `login`. */
const accountLineSchema = line("account", "Who is logged in.", {
  serviceUrl: z.string(),
  loginId: z.string(),
  nickname: z.string(),
  deviceName: z.string(),
});

/** What `logout` found and did. */
const logoutLineSchema = line("logout", "The end of a login.", {
  wasLoggedIn: z.boolean(),
  interruptedProcess: z
    .int()
    .nullable()
    .describe("The process whose backup or restore was ended by it; null when none ran."),
});

/** The settings as they are now. */
const settingsLineSchema = line("settings", "The settings as they are now.", {
  homePath: z.string(),
  deviceName: z.string(),
  ...switches,
  usageNotice: z.boolean().describe("Whether plan and capacity are told once a month."),
  serviceUrl: z.string().nullable().describe("Null when nobody is logged in."),
  loginId: z.string().nullable().describe("Null when nobody is logged in."),
  nickname: z.string().nullable().describe("Null when nobody is logged in."),
  changed: z.boolean().describe("Whether this command changed anything."),
});

/** A source folder. */
const sourceLineSchema = line("source", "A source folder.", {
  event: z.enum(["listed", "added", "removed"]),
  sourceId: identifier,
  path: z.string(),
  name: z.string().describe("What it is called on the service."),
  destination: z.string().describe("Its place on the service, names joined by /."),
  addedAt: instant,
  isOnNetworkDrive: z
    .boolean()
    .describe("Then it is backed up only while the tool runs in the session of a person."),
});

/** A job of the history. */
const jobLineSchema = line("job", "A job of the history.", jobMembers);
/** A job that waits for the one before it. */
const jobWaitingLineSchema = line("job-waiting", "A delete job waits for its turn.", jobMembers);
/** A job that starts. */
const jobStartedLineSchema = line("job-started", "A job starts.", jobMembers);
/** A job that ended. */
const jobEndedLineSchema = line("job-ended", "A job ended.", jobMembers);

/** A moment of a running job. */
const progressLineSchema = line("progress", "A moment of a running job, at most 1 a second.", {
  jobId: identifier,
  sourcePath: z.string(),
  elapsedSeconds: seconds,
  secondsLeft: seconds.nullable().describe("An estimate; null until there is one."),
  filesDone: count,
  filesTotal: count.nullable().describe("Null until it is known."),
  bytesDone: bytes,
  bytesTotal: bytes.nullable().describe("Null until it is known."),
  bytesPerSecond: count.nullable().describe("Over the last seconds; null until known."),
  ratio: z.number().min(0).max(1).nullable().describe("How much is done; null until known."),
  currentPath: z.string().nullable(),
});

/** A row of a job's details. */
const fileLineSchema = line("file", "A row of a job's details.", {
  jobId: identifier,
  position: identifier,
  path: z
    .string()
    .describe("Below the source folder or the restored one, joined by /; empty for itself."),
  pathBase64: z
    .base64()
    .nullable()
    .describe("The path's bytes when they are not valid Unicode; path then has U+FFFD in it."),
  entryKind: z.enum(["file", "folder", "other"]),
  status: z.enum([...FILE_STATUSES, "excluded"]),
  statusLabel: z.string().min(1),
  causes: z.array(cause),
  sizeBytes: bytes,
  detail: z.string().nullable(),
});

/** A kept generation of a file. */
const generationLineSchema = line("generation", "A generation of a file on the service.", {
  path: z.string().describe("The file as it was asked for."),
  generation: identifier.describe("What restore --generation takes; 1 is the first ever saved."),
  sizeBytes: bytes,
  modifiedAt: instant.nullable().describe("Null for a time beyond the calendar."),
  modifiedAtNs: nanosecondsSchema.describe("The same in nanoseconds since 1970."),
  savedAt: instant,
  sha256: sha256Schema,
});

/** What is in a folder on the service. */
const entryLineSchema = line("entry", "A file or folder on the service.", {
  path: z.string().describe("Its place on the service, names joined by /."),
  name: z.string(),
  entryKind: z.enum(["file", "folder", "unknown"]).describe("Unknown: outside the contract."),
  sizeBytes: bytes.nullable().describe("Null but for files, as are the four below."),
  modifiedAt: instant.nullable(),
  modifiedAtNs: nanosecondsSchema.nullable(),
  sha256: sha256Schema.nullable(),
  generationCount: identifier.nullable(),
  savedAt: instant
    .nullable()
    .describe("When the file was saved or the folder made; null for what is unknown."),
});

/** The end of a list. */
const pageLineSchema = line("page", "Follows the rows of a list and says what was left.", {
  list: z.enum(["jobs", "files", "entries"]),
  jobId: identifier.nullable().describe("The job whose files were listed."),
  page: identifier,
  pageCount: count.nullable().describe("Null for entries: the service does not say."),
  rowCount: count.nullable().describe("Rows of all pages together; null likewise."),
  previousPage: identifier.nullable(),
  nextPage: identifier.nullable(),
});

/** The end of `backup run`, `restore` and `rerun`. */
const summaryLineSchema = line("summary", "The end of a run, its last line.", {
  completed: z.boolean().describe("Whether every job completed."),
  exitCode: z.int(),
  jobCount: count,
  completedJobCount: count,
  incompleteJobCount: count,
  transferredFileCount: count.describe("Files sent or restored."),
  transferredBytes: bytes,
  deletedFileCount: count.describe("Files deleted on the service by delete jobs."),
  deletedBytes: bytes,
  elapsedSeconds: seconds,
});

/** What `backup interrupt` found. */
const interruptLineSchema = line("interrupt", "The answer of backup interrupt.", {
  outcome: z.enum(["interrupted", "nothing-running"]),
  pid: z.int().nullable().describe("The process that runs the backup; null when none does."),
});

/** The OS scheduler's entry of the tool. */
const taskLineSchema = line("task", "The OS scheduler's entry of the tool.", {
  event: z
    .enum(["registered", "refused", "cancelled", "removed", "stale", "shown"])
    .describe("Stale: it has the times of an earlier schedule; register it anew."),
  starts: z
    .enum(["always", "while-signed-in", "while-tool-runs"])
    .describe("When automatic backups run: signed in or not, signed in, or while the tool runs."),
  startsAt: z.string().nullable().describe("Local time HH:MM; null when nothing is registered."),
  weekdays: z.array(z.int().min(0).max(6)).nullable().describe("0 is Sunday; null likewise."),
  why: z
    .enum(["no-password", "wrong-password", "no-rights", "unsupported", "failed", "cancelled"])
    .nullable()
    .describe("Why nothing was registered; null otherwise."),
  reason: z.string().nullable().describe("What the system said, for people."),
});

const scheduleMembers = {
  isOn: z.boolean().describe("自動バックアップ ON/OFF."),
  at: z.string().nullable().describe("Local time HH:MM; null until one was chosen."),
  weekdays: z.array(z.int().min(0).max(6)).nullable().describe("0 is Sunday; null likewise."),
  nextAt: instant.nullable().describe("The next slot; null without a schedule or when OFF."),
};

/** The schedule of automatic backups. */
const scheduleLineSchema = line("schedule", "The schedule of automatic backups.", {
  event: z.enum(["shown", "set", "on", "off"]),
  ...scheduleMembers,
});

/** What the daemon holds. */
const daemonLineSchema = line("daemon", "What the daemon holds; null where it holds nothing.", {
  event: z
    .enum(["started", "changed", "ended", "already-running"])
    .describe("Already running: this process ends, another one holds the schedule."),
  loginId: z.string().nullable().describe("Null also when nobody is logged in."),
  sourceCount: count.nullable(),
  ...scheduleMembers,
  isOn: scheduleMembers.isOn.nullable(),
  waitingMailCount: count.nullable(),
});

/** What a try to send a mail came to. */
const mailTryLineSchema = line("mail-try", "What a try to send a result mail came to.", {
  subject: z.string(),
  outcome: z
    .enum(["sent", "waiting", "failed"])
    .describe("Waiting: it is tried again. Failed: it is given up."),
  reason: z.string().nullable().describe("Why it did not reach everybody; null when it did."),
});

/** Plan and capacity. */
const capacityLineSchema = line("capacity", "Plan and capacity of the contract.", {
  loginId: z.string(),
  nickname: z.string(),
  edition: z.enum(EDITIONS),
  plan: z.string(),
  generationCountMax: identifier,
  quotaBytes: bytes,
  usedBytes: bytes,
  freeBytes: bytes,
});

const mailValues = z
  .strictObject({
    server: z.string(),
    port: z.int().min(1).max(65_535),
    user: z.string().describe("Empty: no login."),
    from: z.string(),
    to: z.array(z.string()).describe("One or two addresses."),
    secure: z.boolean().describe("TLS at once on port 465, STARTTLS on others."),
  })
  .nullable();

/** Where the result mail stands. */
const mailLineSchema = line("mail", "The result mail: settings and what waits. No password.", {
  isOn: z.boolean(),
  confirmed: mailValues.describe("What mails are sent with; null until something was confirmed."),
  draft: mailValues.describe("What was set last; null when nothing was."),
  isDraftTested: z.boolean().describe("Whether exactly the draft passed a test mail."),
  isDraftConfirmed: z.boolean().describe("Whether the draft is what mails are sent with."),
  waitingMails: z.array(
    z.strictObject({
      mailId: identifier,
      createdAt: instant,
      subject: z.string(),
      attemptCount: count,
      nextAttemptAt: instant,
      lastReason: z.string().nullable().describe("Why the last try failed."),
    }),
  ),
  troubleAt: instant.nullable().describe("When a mail last did not go out; null once one did."),
  troubleReason: z.string().nullable(),
});

/** Why a command could not do its work. */
const errorLineSchema = line("error", "Why the command could not do its work.", {
  code: z.enum(Object.keys(ERROR_TEXTS) as [CliErrorCode, ...CliErrorCode[]]),
  message: z.string().min(1).describe("What happened, and to which file or setting."),
  remedy: z.string().min(1).describe("What to do about it."),
  exitCode: z.int(),
});

/** Any line a command prints with `--json`. */
export const outputLineSchema = z.discriminatedUnion("type", [
  accountLineSchema,
  logoutLineSchema,
  settingsLineSchema,
  sourceLineSchema,
  jobLineSchema,
  jobWaitingLineSchema,
  jobStartedLineSchema,
  jobEndedLineSchema,
  progressLineSchema,
  fileLineSchema,
  generationLineSchema,
  entryLineSchema,
  pageLineSchema,
  summaryLineSchema,
  interruptLineSchema,
  taskLineSchema,
  scheduleLineSchema,
  daemonLineSchema,
  mailTryLineSchema,
  capacityLineSchema,
  mailLineSchema,
  errorLineSchema,
]);
