import type { Bug } from "./bug.ts";

const RESTORE_FILE = "src/agent/jobs/restore/restore-file.ts";

/** Bugs in restores. */
export const RESTORE_BUGS: readonly Bug[] = [
  {
    name: "restores-under-the-final-name",
    takesAway: "the temporary name: a file is written where it will stand",
    patches: [
      {
        file: RESTORE_FILE,
        find: "const temporary = await createTemporaryFile(context, folder, position);",
        replace: `const isNew = verdict.kind === "put-new";
  const temporary = isNew
    ? { path, file: await context.disk.create(path) }
    : await createTemporaryFile(context, folder, position);`,
      },
      {
        file: RESTORE_FILE,
        find: "const placed = await putInPlace(context, { file, temporaryPath, path, verdict });",
        replace: `const placed = isNew
      ? ({ kind: "put", name: file.name } as const)
      : await putInPlace(context, { file, temporaryPath, path, verdict });`,
      },
    ],
  },
  {
    name: "restores-without-the-digest",
    takesAway: "the check that a file that was fetched has the digest the service declared",
    patches: [
      {
        file: "src/agent/jobs/restore/fetch-file.ts",
        find: "if (isWhole && this.#digest.hex() === found.sha256) return found;",
        replace: "if (isWhole) return found;",
      },
    ],
  },
  {
    name: "restores-any-path",
    takesAway: "the check that a listed path leads nowhere else",
    patches: [
      {
        file: "src/agent/core/restore-path.ts",
        find: 'if (checked.kind === "fault") return refused(FAULTS[checked.fault]);',
        replace: "void checked, FAULTS;",
      },
    ],
  },
  {
    name: "restores-without-a-sync",
    takesAway: "the sync of a file before it gets its name",
    patches: [{ file: RESTORE_FILE, find: "await temporary.file.sync();", replace: "" }],
  },
  {
    name: "resumes-another-file",
    takesAway: "If-Range: a download goes on whatever became of the file meanwhile",
    patches: [
      {
        file: "src/agent/adapters/http-service/download.ts",
        find: 'return { range: `bytes=${from.offsetBytes}-`, "if-range": from.etag };',
        replace: "return { range: `bytes=${from.offsetBytes}-` };",
      },
    ],
  },
  {
    name: "restores-no-times",
    takesAway: "the modification time of a restored file",
    patches: [
      {
        file: RESTORE_FILE,
        find: "await temporary.file.setModifiedAt(head.modifiedAtNs);",
        replace: "",
      },
    ],
  },
  {
    name: "restores-through-links",
    takesAway: "the check for links on the way to a restored file",
    patches: [
      {
        file: "src/agent/jobs/restore/folder-stack.ts",
        find: 'if (there.kind === "folder") return { path };',
        replace: 'if (there.kind === "folder" || there.kind === "symbolic-link") return { path };',
      },
      {
        file: "src/agent/jobs/restore/target-folder.ts",
        find: 'return (await this.#context.disk.find(this.path))?.kind === "folder";',
        replace: 'return (await this.#context.disk.find(this.path))?.kind !== "file";',
      },
    ],
  },
];
