import type { Bug } from "./bug.ts";
import { ORPHANS_STAY_OPEN } from "./time-bugs.ts";

/** Bugs that show only when a process or a PC ends at the wrong moment: the sweep has to notice them. */
export const SWEEP_BUGS: readonly Bug[] = [
  ORPHANS_STAY_OPEN,
  {
    name: "nothing-is-synced",
    takesAway: "the sync of what people were told: a lost power may take it",
    patches: [
      {
        file: "src/agent/state/state-database.ts",
        find: 'acknowledged: "FULL"',
        replace: 'acknowledged: "NORMAL"',
      },
    ],
  },
  {
    name: "mail-after-the-slot",
    takesAway: "the one transaction of a slot's end and its mail",
    patches: [
      {
        file: "src/agent/schedule/deal-with-slots.ts",
        find: `    work.report(place);
    work.slots.end(place.day);
    return ids;
  });
  tell(work, added);`,
        replace: `    work.slots.end(place.day);
    return ids;
  });
  work.database.transaction("acknowledged", () => work.report(place));
  tell(work, added);`,
      },
    ],
  },
  {
    name: "job-start-is-not-synced",
    takesAway: "the sync of a job's row before the job begins",
    patches: [
      {
        file: "src/agent/state/job-history.ts",
        find: `const id = this.#database.transaction("acknowledged", () =>`,
        replace: `const id = this.#database.transaction("streaming", () =>`,
      },
    ],
  },
  {
    name: "restored-without-a-sync",
    takesAway: "the sync of a restored file before it gets its name",
    patches: [
      {
        file: "src/agent/jobs/restore/restore-file.ts",
        find: "    await temporary.file.sync();\n",
        replace: "",
      },
    ],
  },
  {
    name: "leftovers-are-not-noted",
    takesAway: "the note of folders in which a restore may leave files",
    patches: [
      {
        file: "src/agent/jobs/restore/target-folder.ts",
        find: "    this.#context.leftovers.add({ jobId: this.#context.jobId, folder: this.path });\n",
        replace: "",
      },
    ],
  },
];
