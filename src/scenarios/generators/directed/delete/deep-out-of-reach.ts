import * as fc from "fast-check";

import type { Step } from "../../../scenario/step.ts";
import { INNER, INNER_FOLDER, ROOT, SECOND, TARGET, type Directed } from "../directed-scenario.ts";
import { BACKUP, CONFIRMED } from "./delete-situation-parts.ts";

const UNSAVED = `${ROOT}/unsaved`;

/** Folders in which nothing is saved: how each comes to be, and how it comes to be saved after all. */
const UNSAVED_FOLDERS: readonly {
  readonly path: string;
  readonly includeHidden?: boolean;
  readonly made: readonly Step[];
  readonly savedAfterAll: readonly Step[];
}[] = [
  {
    path: `${ROOT}/.unsaved`,
    made: [],
    savedAfterAll: [{ do: "rename", path: `${ROOT}/.unsaved`, to: UNSAVED }],
  },
  {
    path: `${ROOT}/unsaved?`,
    made: [],
    savedAfterAll: [{ do: "rename", path: `${ROOT}/unsaved?`, to: UNSAVED }],
  },
  {
    path: `${INNER_FOLDER}/.unsaved`,
    made: [],
    savedAfterAll: [{ do: "rename", path: `${INNER_FOLDER}/.unsaved`, to: UNSAVED }],
  },
  {
    path: UNSAVED,
    includeHidden: false,
    made: [{ do: "hide", path: UNSAVED }],
    savedAfterAll: [{ do: "unhide", path: UNSAVED }],
  },
];

/** What is moved, by the name that it has there. */
const MOVED: readonly (readonly [path: string, name: string])[] = [
  [TARGET, "a file"],
  [INNER_FOLDER, "a folder"],
  [INNER, "a file of a folder"],
];

/** Folders below one that is not saved, and what else stands in the last of them. */
const DEEP = ["in", "in/in", "in/in/in", "beside/in"] as const;

/** Makes a folder and each one below it. */
function foldersDownTo(path: string, deep: string): readonly Step[] {
  const names = deep.split("/");
  return [path, ...names.map((_, index) => `${path}/${names.slice(0, index + 1).join("/")}`)].map(
    (folder) => ({ do: "make-folder", path: folder }),
  );
}

/**
 * Files and folders are moved to any depth of a folder in which nothing is saved, which was there before or was made
 * for it; beside them stands what was never saved. Their copies are the only ones until they are saved there (D19).
 */
export const deepOutOfReach: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.constantFrom(...UNSAVED_FOLDERS),
    fc.constantFrom(...DEEP),
    fc.shuffledSubarray([...MOVED], { minLength: 1, maxLength: 2 }),
    fc.record({
      wasThere: fc.boolean(),
      hasOthers: fc.boolean(),
      alsoGoes: fc.boolean(),
      isDenied: fc.boolean(),
      isConfirmed: fc.boolean(),
    }),
  )
  .map(([{ path, includeHidden, made, savedAfterAll }, deep, moved, others]) => {
    const { wasThere, hasOthers, alsoGoes, isDenied, isConfirmed } = others;
    const at = `${path}/${deep}`;
    // What is in a folder goes with it.
    const goes = moved.filter(
      ([from]) =>
        !path.startsWith(`${from}/`) &&
        !moved.some(([above]) => from !== above && from.startsWith(`${above}/`)),
    );
    const make: readonly Step[] = [...foldersDownTo(path, deep), ...made];
    return {
      disk: includeHidden === false ? "windows" : "linux",
      ...(includeHidden === undefined ? {} : { includeHidden }),
      timeline: [
        ...(wasThere ? [...make, BACKUP] : make),
        ...(hasOthers
          ? [{ do: "write" as const, path: `${path}/of no file`, content: { size: 50, seed: 3 } }]
          : []),
        ...goes.map(([from, name]): Step => ({ do: "rename", path: from, to: `${at}/${name}` })),
        // What nobody may look into is known by itself alone.
        ...(isDenied ? [{ do: "deny" as const, path: `${at}/a folder` }] : []),
        ...(alsoGoes ? [{ do: "delete" as const, path: SECOND }] : []),
        BACKUP,
        // To confirm what is held for devices and empty folders says nothing of what stands elsewhere.
        isConfirmed ? CONFIRMED : BACKUP,
        ...(isDenied ? [{ do: "allow" as const, path: `${at}/a folder` }] : []),
        ...savedAfterAll,
        BACKUP,
      ],
    };
  });
