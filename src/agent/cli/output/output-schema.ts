import { z } from "zod";

import { CAUSE_IDS, type CauseId } from "../../../protocol/cause.ts";
import { EDITIONS } from "../../../protocol/edition.ts";
import { FILE_STATUSES } from "../../../protocol/file-status.ts";
import { JOB_KINDS } from "../../../protocol/job-kind.ts";
import { STATUSES } from "../../../protocol/status.ts";
import { JOB_TRIGGERS } from "../../state/records.ts";
import type { CliErrorCode } from "./cli-error.ts";
import { ERROR_TEXTS } from "./error-texts.ts";

/** The name and version of the JSON output. The version rises when a consumer could break. */
export const OUTPUT_SCHEMA = "azukeru-agent/1";

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

const jobMembers = {
  jobId: identifier,
  kind: z.enum(JOB_KINDS),
  trigger: z.enum(JOB_TRIGGERS).describe("What started the job."),
  sourceId: identifier.nullable().describe("Null when the source was removed since."),
  sourcePath: z.string(),
  destination: z.string().describe("Its place on the service, names joined by /."),
  startedAt: instant,
  endedAt: instant.nullable().describe("Null while it runs, and for a job that was cut off."),
  elapsedSeconds: seconds.nullable().describe("From start to end; null where there is no end."),
  status: z.enum(STATUSES),
  statusLabel: z.string().min(1).describe("The status for people, in the command's language."),
  causes: z.array(cause).describe("What may have caused the status, most likely first."),
  targetCount: count.describe("Files and folders that are to be backed up, as far as known."),
  processedCount: count.describe("Targets that have a final status."),
  transferredFileCount: count,
  transferredBytes: bytes,
  excludedCount: count.describe("Entries that are no targets: links, devices, ..."),
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
    .describe("The process whose backup was ended by it; null when none ran."),
});

/** The settings as they are now. */
const settingsLineSchema = line("settings", "The settings as they are now.", {
  homePath: z.string(),
  deviceName: z.string(),
  includeHidden: z.boolean(),
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
});

/** A job of the history. */
const jobLineSchema = line("job", "A job of the history.", jobMembers);
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
  path: z.string().describe("Below the source folder, joined by /; empty for the folder itself."),
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

/** The end of a list. */
const pageLineSchema = line("page", "Follows the rows of a list and says what was left.", {
  list: z.enum(["jobs", "files"]),
  jobId: identifier.nullable().describe("The job whose files were listed."),
  page: identifier,
  pageCount: count,
  rowCount: count.describe("Rows of all pages together."),
  previousPage: identifier.nullable(),
  nextPage: identifier.nullable(),
});

/** The end of `backup run`. */
const summaryLineSchema = line("summary", "The end of backup run, its last line.", {
  completed: z.boolean().describe("Whether every job completed."),
  exitCode: z.int(),
  jobCount: count,
  completedJobCount: count,
  incompleteJobCount: count,
  transferredFileCount: count,
  transferredBytes: bytes,
  elapsedSeconds: seconds,
});

/** What `backup interrupt` found. */
const interruptLineSchema = line("interrupt", "The answer of backup interrupt.", {
  outcome: z.enum(["interrupted", "nothing-running"]),
  pid: z.int().nullable().describe("The process that runs the backup; null when none does."),
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
  jobStartedLineSchema,
  jobEndedLineSchema,
  progressLineSchema,
  fileLineSchema,
  pageLineSchema,
  summaryLineSchema,
  interruptLineSchema,
  capacityLineSchema,
  errorLineSchema,
]);
