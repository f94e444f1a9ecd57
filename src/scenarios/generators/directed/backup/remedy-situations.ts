import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import {
  directedScenario,
  INNER_FOLDER,
  ROOT,
  surroundingsArbitrary,
  TARGET,
  type Directed,
} from "../directed-scenario.ts";

const BACKUP: Step = { do: "backup" };
const NEW: Step = { do: "write", path: TARGET, content: { size: 900, seed: 88 } };

const RESTORE = {
  do: "restore",
  from: { source: 0 },
  to: "/restored/here",
  onConflict: "overwrite",
} as const satisfies Step;

/** Trouble that a person has, and what they are told to do about it. */
const HEALED: readonly Directed[] = [
  ...[TARGET, INNER_FOLDER, ROOT, "/data"].map((path): Directed => ({
    timeline: [NEW, { do: "deny", path }, BACKUP, { do: "allow", path }, BACKUP],
  })),
  { timeline: [NEW, { do: "lock", path: TARGET }, BACKUP, { do: "unlock", path: TARGET }, BACKUP] },
  ...["*", "?", '"', "<", ">", "|", ":"].map((letter): Directed => ({
    timeline: [
      { do: "write", path: `${ROOT}/a${letter}b`, content: { size: 90, seed: 89 } },
      BACKUP,
      { do: "rename", path: `${ROOT}/a${letter}b`, to: `${ROOT}/a-b` },
      BACKUP,
    ],
  })),
  ...[0, 400].map((bytes): Directed => ({
    timeline: [
      BACKUP,
      NEW,
      { do: "set-free", bytes },
      BACKUP,
      { do: "set-quota", bytes: 2 ** 40 },
      BACKUP,
    ],
  })),
  { timeline: [{ do: "delete", path: ROOT }, BACKUP, { do: "make-folder", path: ROOT }, BACKUP] },
  {
    timeline: [
      { do: "rename", path: ROOT, to: "/data/elsewhere" },
      BACKUP,
      { do: "rename", path: "/data/elsewhere", to: ROOT },
      BACKUP,
    ],
  },
  ...(["delete-destination", "rename-destination"] as const).map((act): Directed => ({
    timeline: [
      BACKUP,
      { do: act, source: 0 },
      BACKUP,
      { do: "make-destination", source: 0 },
      BACKUP,
    ],
  })),
  ...[{}, { "a file of another disk": { text: "x" } }].map((holds): Directed => ({
    compareDelete: true,
    timeline: [
      BACKUP,
      { do: "remount", path: ROOT, holds },
      BACKUP,
      { do: "backup", confirmDeletions: true },
    ],
  })),
  {
    timeline: [BACKUP, { ...RESTORE, makeTarget: false }, RESTORE],
  },
  ...(["logout", "close-tool"] as const).map((act): Directed => ({
    timeline: [
      NEW,
      BACKUP,
      { ...RESTORE, disturbances: [{ when: { at: "request", nth: 2 }, what: { do: act } }] },
      ...(act === "logout" ? [{ do: "login" } as const] : []),
      RESTORE,
    ],
  })),
  {
    secure: true,
    timeline: [
      NEW,
      { do: "set-network", inspection: { isTrusted: false } },
      BACKUP,
      { do: "set-network", inspection: { isTrusted: true } },
      BACKUP,
    ],
  },
  {
    timeline: [
      NEW,
      { do: "backup", disturbances: [{ when: { at: "request", nth: 2 }, what: { do: "logout" } }] },
      { do: "login" },
      BACKUP,
    ],
  },
];

/** A person does what they are told to do, and backs up again. */
export const healedArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(surroundingsArbitrary(false), fc.constantFrom(...HEALED))
  .map(([around, directed]) => directedScenario(around, directed));
