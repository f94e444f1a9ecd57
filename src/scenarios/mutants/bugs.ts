import type { Bug } from "./bug.ts";
import { DELETE_BUGS } from "./delete-bugs.ts";
import { RESTORE_BUGS } from "./restore-bugs.ts";
import { TIME_BUGS } from "./time-bugs.ts";

const SEND_SMALL = "src/agent/jobs/backup/send-small.ts";
const SEND_LARGE = "src/agent/jobs/backup/send-large.ts";
const HTTP_SERVICE = "src/agent/adapters/http-service/http-service.ts";
const SETTLE = "src/agent/jobs/backup/settle.ts";
const CONTRACT_STORAGE = "src/sim-server/storage/stores/contract-storage.ts";

/** Every bug that is sown to see whether the scenarios find it. */
export const BUGS: readonly Bug[] = [
  {
    name: "no-upload",
    takesAway: "the upload itself: files are said to be sent and are not",
    patches: [
      {
        file: SEND_SMALL,
        find: "await context.retrier.run(() => context.service.putFile(part));",
        replace: "void part;",
      },
      {
        file: SEND_SMALL,
        find: "const results = await context.service.putBatch(open.map(({ part }) => part));",
        replace:
          'const results = open.map((): PartResult => ({ outcome: "committed", file: null }));',
      },
      {
        file: SEND_LARGE,
        find: "await retrier.run(() => service.completeUpload(upload.url, stat.sizeBytes, sha256));",
        replace: "void service;",
      },
    ],
  },
  {
    name: "no-upload-of-large-files",
    takesAway: "the commit of large files",
    patches: [
      {
        file: SEND_LARGE,
        find: "await retrier.run(() => service.completeUpload(upload.url, stat.sizeBytes, sha256));",
        replace: "void service;",
      },
    ],
  },
  {
    name: "service-checks-no-digest",
    takesAway: "the service's check that the bytes that arrived have the digest that was declared",
    patches: [
      {
        file: "src/sim-server/storage/handlers/write-file.ts",
        find: "if (declared.some((digest) => digest !== sha256)) throw digestMismatch(sha256);",
        replace: "",
      },
      {
        file: "src/sim-server/storage/handlers/batch-upload.ts",
        find: "if (sha256 !== declared) throw digestMismatch(sha256);",
        replace: "",
      },
      {
        file: "src/sim-server/storage/handlers/batch-upload.ts",
        find: "if (sha256 !== header.sha256) throw digestMismatch(sha256);",
        replace: "",
      },
      {
        file: "src/sim-server/storage/handlers/upload-completion.ts",
        find: "if (upload.sha256 !== null && upload.sha256 !== sha256) throw digestMismatch(sha256);",
        replace: "",
      },
    ],
  },
  {
    name: "agent-compares-no-digest",
    takesAway: "the agent's comparison of the digest that was acknowledged with its own",
    patches: [
      {
        file: HTTP_SERVICE,
        find: "if (entry.sha256 !== sent.sha256 || entry.path !== formatServicePath(sent.path)) {",
        replace: "if (entry.path !== formatServicePath(sent.path)) {",
      },
      {
        file: HTTP_SERVICE,
        find: "if (entry.sha256 !== sha256 || entry.sizeBytes !== sizeBytes) {",
        replace: "if (entry.sizeBytes !== sizeBytes) {",
      },
    ],
  },
  {
    name: "no-retry",
    takesAway: "trying an exchange again after a passing failure",
    patches: [
      {
        file: "src/agent/jobs/retrier.ts",
        find: "if (!error.failure.transient) throw error;",
        replace: "throw error;",
      },
    ],
  },
  {
    name: "endless-retry",
    takesAway: "the end of the retries",
    patches: [
      {
        file: "src/agent/jobs/retrier.ts",
        find: "const isOver = clock.elapsedMs() - startedAtMs + delayMs > budgetMs;",
        replace: "const isOver = clock.elapsedMs() < startedAtMs + delayMs - budgetMs * 1e9;",
      },
    ],
  },
  {
    name: "no-check-while-reading",
    takesAway: "the check that a file did not change while it was read",
    patches: [
      {
        file: "src/agent/jobs/backup/read-stable-file.ts",
        find: "if (content === undefined || !isSameState(before, after)) return",
        replace: "void after;\n    if (content === undefined) return",
      },
    ],
  },
  {
    name: "no-check-while-reading-large-files",
    takesAway: "the check that a large file did not change while it was sent",
    patches: [
      {
        file: SEND_LARGE,
        find: "if (offset !== stat.sizeBytes || !isSame) return",
        replace: "void isSame;\n  if (offset !== stat.sizeBytes) return",
      },
    ],
  },
  {
    name: "one-bad-file-stops-all",
    takesAway: "the rule that one bad file does not stop the others",
    patches: [
      {
        file: SETTLE,
        find: "    context.recorder.finish(target, fileFailure(error));",
        replace:
          '    context.recorder.finish(target, fileFailure(error));\n    context.stop.stop({ failure: fileFailure(error), rest: "list-rest", trustsIndex: true });',
      },
    ],
  },
  {
    name: "no-mixed-status",
    takesAway: "the rule that two kinds of trouble make a job unexpected",
    patches: [
      {
        file: "src/agent/core/job-outcome.ts",
        find: "if (kinds.length === 1) return",
        replace: "if (kinds.length >= 1) return",
      },
    ],
  },
  {
    name: "no-capacity-check",
    takesAway: "the service's check that a file fits",
    patches: [
      {
        file: CONTRACT_STORAGE,
        find: "if (requiredBytes <= freeBytes) return;",
        replace: "if (requiredBytes <= Infinity) return;",
      },
    ],
  },
  {
    name: "capacity-off-by-one",
    takesAway: "the last byte of the capacity",
    patches: [
      {
        file: CONTRACT_STORAGE,
        find: "if (requiredBytes <= freeBytes) return;",
        replace: "if (requiredBytes < freeBytes) return;",
      },
    ],
  },
  {
    name: "no-resume",
    takesAway: "going on with an upload where an earlier job left it",
    patches: [
      {
        file: SEND_LARGE,
        find: "const noted = pending?.upload ?? undefined;",
        replace:
          "const noted = pending?.sizeBytes === -1 ? (pending.upload ?? undefined) : undefined;",
      },
    ],
  },
  {
    name: "sends-again-what-is-committed",
    takesAway: "asking after a cut whether a file was committed already",
    patches: [
      {
        file: "src/agent/jobs/backup/already-stored.ts",
        find: "if (leftover === undefined) return false;",
        replace: 'if (leftover === undefined || leftover.key !== "") return false;',
      },
    ],
  },
  {
    name: "believes-it-is-done",
    takesAway: "the interruption as a kind of trouble: an interrupted job says completed",
    patches: [
      {
        file: "src/agent/jobs/backup/run-backup-job.ts",
        find: "return isByPerson && nothingLeft ? undefined : reason.failure;",
        replace: "return isByPerson || nothingLeft ? undefined : reason.failure;",
      },
      {
        file: "src/agent/jobs/backup/send-items.ts",
        find: "  context.recorder.finish(target, reason.failure);\n  return true;",
        replace: "  return true;",
      },
    ],
  },
  {
    name: "normalises-names",
    takesAway: "keeping names exactly as the disk gives them",
    patches: [
      {
        file: "src/agent/adapters/node-disk.ts",
        find: "return decoder.decode(bytes);",
        replace: "return decoder.decode(bytes).normalize();",
      },
    ],
  },
  {
    name: "one-generation-too-many",
    takesAway: "the last step of dropping old generations",
    patches: [
      {
        file: CONTRACT_STORAGE,
        find: "while (file.generations.length > this.generationCountMax)",
        replace: "while (file.generations.length > this.generationCountMax + 1)",
      },
    ],
  },
  {
    name: "password-in-the-log",
    takesAway: "keeping the password out of the log",
    patches: [
      {
        file: "src/agent/account/account.ts",
        find: 'ports.log.write("info", "logged in", { loginId, serviceUrl });',
        replace: 'ports.log.write("info", "logged in", { loginId, serviceUrl, password });',
      },
    ],
  },
  ...DELETE_BUGS,
  ...RESTORE_BUGS,
  ...TIME_BUGS,
];
