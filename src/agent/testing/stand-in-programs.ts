import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { NodePrograms } from "../adapters/node-programs.ts";
import type { Programs } from "../ports/programs.ts";

/** One run of a stand-in. */
interface StandInCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly stdin: string;
}

/** Real programs, found by `PATH`, that stand in the place of the system's. */
export interface StandIns extends Disposable {
  readonly programs: Programs;
  /** A folder of their own; `$STATE` in their scripts. */
  readonly folder: string;
  /** What they were called with so far, in order. */
  calls(program?: string): readonly StandInCall[];
  /** Adds a program or replaces it. */
  put(program: string, script: string): void;
}

/**
 * Makes programs of shell scripts by name. Each notes its arguments and its input before its script,
 * which finds the input in the file `$INPUT`, runs. Not on Windows.
 */
export function standIns(scripts: Readonly<Record<string, string>>): StandIns {
  const root = mkdtempSync(join(tmpdir(), "stand-ins-"));
  const [bin, notes, folder] = ["bin", "notes", "state"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [bin, notes, folder]) mkdirSync(each);
  const put = (program: string, script: string): void => {
    const path = join(bin, program);
    writeFileSync(
      path,
      `#!/bin/sh
STATE='${folder}'
number=$(printf '%04d' "$(ls '${notes}' | wc -l)")
NOTE='${notes}/'$number-${program}
mkdir "$NOTE"
for each in "$@"; do printf '%s\\0' "$each"; done > "$NOTE/args"
INPUT="$NOTE/stdin"
cat > "$INPUT"
${script}
`,
    );
    chmodSync(path, 0o755);
  };
  for (const [program, script] of Object.entries(scripts)) put(program, script);
  return {
    programs: new NodePrograms({
      platform: "linux",
      env: { PATH: `${bin}:/usr/bin:/bin` },
    }),
    folder,
    put,
    calls: (wanted) =>
      readdirSync(notes)
        .toSorted()
        .map((name) => ({
          program: name.slice(5),
          args: readFileSync(join(notes, name, "args"), "utf8")
            .split("\0")
            .slice(0, -1),
          stdin: readFileSync(join(notes, name, "stdin"), "utf8"),
        }))
        .filter(({ program }) => wanted === undefined || program === wanted),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
