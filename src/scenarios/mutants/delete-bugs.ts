import type { Bug } from "./bug.ts";

const DECISION = "src/agent/core/delete-decision.ts";
const DELETE_ONE = "src/agent/jobs/delete/delete-one.ts";
const ORPHANS = "src/agent/runs/close-orphaned-jobs.ts";

/** Bugs in difference comparison and in delete jobs. */
export const DELETE_BUGS: readonly Bug[] = [
  {
    name: "unread-is-gone",
    takesAway: "the protection of what stands below a folder that could not be read (D9)",
    patches: [
      {
        file: "src/agent/jobs/backup/find-gone.ts",
        find: "this.#protecting.push(path);",
        replace: "",
      },
      {
        file: "src/agent/jobs/delete/why-not-gone.ts",
        find: 'if (error instanceof DiskError && error.kind === "not-found") return undefined;',
        replace: "if (error instanceof DiskError) return undefined;",
      },
    ],
  },
  {
    name: "empties-the-backup",
    takesAway: "the question before a suddenly empty source empties its backup (D15)",
    patches: [
      {
        file: DECISION,
        find: "if (scan.fileCount === 0 && question.hadFiles) {",
        replace: "if (scan.fileCount < 0 && question.hadFiles) {",
      },
    ],
  },
  {
    name: "any-device-will-do",
    takesAway: "the question before another disk's content replaces the backup (D15)",
    patches: [
      {
        file: DECISION,
        find: "rememberedDeviceId !== null && rememberedDeviceId !== scan.deviceId",
        replace: 'rememberedDeviceId === "" && scan.deviceId !== ""',
      },
    ],
  },
  {
    name: "no-second-look",
    takesAway: "the second look right before a deletion",
    patches: [
      {
        file: DELETE_ONE,
        find: "if (standing !== undefined) return recorder.exclude(target, standing);",
        replace: "void standing;",
      },
    ],
  },
  {
    name: "deletes-guests",
    takesAway: "the rule that a folder goes only when nothing is in it",
    patches: [
      {
        file: "src/agent/adapters/http-service/http-service.ts",
        find: "?onlyIfEmpty=true",
        replace: "?onlyIfEmpty=false",
      },
    ],
  },
  {
    name: "deletes-after-a-blind-backup",
    takesAway: "the rule that nothing is deleted after a backup that saw too little (DEL-NR-1)",
    patches: [
      {
        file: DECISION,
        find: "if (scan === undefined || prevented !== undefined) {",
        replace: "void prevented;\n  if (scan === undefined) {",
      },
    ],
  },
  {
    name: "ignores-the-listing",
    takesAway: "the comparison with the service's listing (F16)",
    patches: [
      {
        file: "src/agent/jobs/backup/run-backup-job.ts",
        find: "const confirmed = settings.compareUpload",
        replace: 'const confirmed = settings.compareUpload && source.path === ""',
      },
    ],
  },
  {
    name: "no-deletion",
    takesAway: "the deletion itself: files are said to be deleted and are not",
    patches: [
      {
        file: DELETE_ONE,
        find: 'return (await context.service.deleteFile(path)) ? "deleted" : "gone";',
        replace: 'return path.length > 0 ? "deleted" : "gone";',
      },
    ],
  },
  {
    name: "waits-for-ever",
    takesAway: "settling the delete jobs that waited when their process ended",
    patches: [
      {
        file: ORPHANS,
        find: "for (const { id } of waiting) history.end(id, { ...NOT_RUN, endedAtMs: null });",
        replace: "void NOT_RUN;",
      },
    ],
  },
  {
    name: "believes-in-unheard-deletions",
    takesAway: "the note that a deletion nobody heard of may have happened",
    patches: [
      {
        file: "src/agent/jobs/delete/delete-recorder.ts",
        find: "for (const key of keys) index.markUncertain(key);",
        replace: "void keys;\n      void index;",
      },
    ],
  },
];
