import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { Instrumenter } from "@stryker-mutator/instrumenter";

import { flat, keyOf, type Mutant, type MutantName } from "./mutant.ts";
import { ScopeNotes } from "./scopes.ts";

/** Source files with all their mutants in them, each switched on by its id. */
interface Instrumented {
  readonly files: readonly { readonly file: string; readonly content: string }[];
  readonly mutants: readonly Mutant[];
}

/** Puts all mutants into files of the project, given from its root. What comes back is as erasable as the source. */
export async function instrument(project: string, files: readonly string[]): Promise<Instrumented> {
  const sources = files.map((file) => readFileSync(join(project, file), "utf8"));
  const notes = new ScopeNotes();
  const result = await new Instrumenter(SILENT).instrument(
    files.map((name, at) => ({ name, mutate: true, content: sources[at] ?? "" })),
    { ignorers: [notes], excludedMutations: [], plugins: null, noHeader: true },
  );
  const seen = new Map<string, number>();
  const mutants = result.mutants
    .filter(({ status }) => status !== "Ignored")
    .map((found): Mutant => {
      const at = files.indexOf(found.fileName);
      const { start, end } = found.location;
      // The instrumenter counts lines from 0, its syntax tree from 1.
      const [from, to] = [
        { line: start.line + 1, column: start.column },
        { line: end.line + 1, column: end.column },
      ];
      const name: MutantName = {
        file: found.fileName,
        within: notes.within(at, from, to),
        mutator: found.mutatorName,
        original: flat(textBetween(sources[at] ?? "", from, to)),
        replacement: flat(found.replacement),
      };
      const first = keyOf(name, 0);
      const nth = seen.get(first) ?? 0;
      seen.set(first, nth + 1);
      return {
        id: Number(found.id),
        key: keyOf(name, nth),
        ...name,
        line: from.line,
        endLine: to.line,
      };
    });
  const instrumented = result.files.map(({ name, content }) => ({
    file: name,
    content: withSwitches(name, content),
  }));
  return { files: instrumented, mutants };
}

/** Where the copy has what its mutants ask. */
const SWITCHES = "test/mutation/switches.ts";

/** Gives a file the switches, and its mutants numbers, which are compared faster than texts. */
function withSwitches(file: string, content: string): string {
  const code = content.replaceAll(
    /\bstry(?:MutAct|Cov)_9fa48\(("\d+"(?:, "\d+")*)\)/g,
    (call, ids: string) => call.replace(ids, ids.replaceAll('"', "")),
  );
  if (code === content) return content;
  const path = relative(dirname(file), SWITCHES).replaceAll("\\", "/");
  return `import { stryCov_9fa48, stryMutAct_9fa48 } from "${path}";\n${code}`;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function textBetween(text: string, start: Place, end: Place): string {
  const lines = text.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? "").slice(0, end.column);
  lines[0] = (lines[0] ?? "").slice(start.column);
  return lines.join("\n");
}

const nothing = (): undefined => undefined;
const never = (): false => false;

/** What the instrumenter would say on its way is nothing that a person needs. */
const SILENT = {
  isTraceEnabled: never,
  isDebugEnabled: never,
  isInfoEnabled: never,
  isWarnEnabled: never,
  isErrorEnabled: never,
  isFatalEnabled: never,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
