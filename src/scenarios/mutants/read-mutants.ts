import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { MutantError, NOTICERS, type Mutant, type Noticer } from "./mutant.ts";
import { message } from "../../messages/message.ts";

/** The mutants of the patches in a folder, by their positions, then by name. Throws `MutantError`. */
export function readMutants(folder: string): readonly Mutant[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".patch"));
  const mutants = names.map((name) => readMutant(join(folder, name)));
  return mutants.toSorted(
    (one, other) => one.position - other.position || (one.name < other.name ? -1 : 1),
  );
}

function readMutant(patchPath: string): Mutant {
  const text = readFileSync(patchPath, "utf8");
  const position = Number(headerOf(patchPath, text, "Position"));
  if (!Number.isSafeInteger(position) || position < 1) {
    throw new MutantError(message("harness.patch-position", { path: patchPath }));
  }
  return {
    name: basename(patchPath, ".patch"),
    removes: {
      ja: headerOf(patchPath, text, "Removes (ja)"),
      en: headerOf(patchPath, text, "Removes"),
    },
    noticedBy: headerOf(patchPath, text, "Noticed by").split(", ").map(noticerIn(patchPath)),
    position,
    patchPath,
  };
}

/** A line `Name: value` above the diff. */
function headerOf(patchPath: string, text: string, name: string): string {
  const [head = ""] = text.split(/^diff /m, 1);
  const line = head.split("\n").find((one) => one.startsWith(`${name}: `));
  if (line === undefined)
    throw new MutantError(message("harness.patch-header", { path: patchPath, name }));
  return line.slice(name.length + 2);
}

function noticerIn(patchPath: string): (word: string) => Noticer {
  return (word) => {
    const noticer = NOTICERS.find((one) => one === word);
    if (noticer === undefined) {
      throw new MutantError(
        message("harness.patch-noticer", { path: patchPath, values: NOTICERS, given: word }),
      );
    }
    return noticer;
  };
}
