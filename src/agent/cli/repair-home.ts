import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { openNodeDatabase } from "../adapters/node-database.ts";
import { AgentError } from "../agent-error.ts";
import type { SqlDatabase } from "../ports/database.ts";
import { rebuildState, type RepairReport } from "../repair/rebuild-state.ts";
import { StateDatabase } from "../state/state-database.ts";
import type { LoggedFacts } from "../repair/logged-facts.ts";
import { RepairState } from "../state/repair-state.ts";
import { readLoggedFacts } from "./read-logged-facts.ts";
import { patchedCopies } from "./patched-copies.ts";
import {
  makeState,
  openStateToLook,
  removeDatabase,
  repairMark,
  statePath,
  syncFolder,
} from "./state-file.ts";

/** What a repair came to. */
export type RepairOutcome = { readonly kind: "nothing-to-do" } | RepairedFile;

/** What came of a file that was put right. */
export type RepairedFile = { readonly kind: "repaired" } & Done;

/** What was made of a damaged file. */
interface Done {
  /** Where the damaged file is now; null when there was none. */
  readonly setAside: string | null;
  readonly report: RepairReport;
}

/** What is durable once `onStep` is told of it; a process that ends there leaves the next repair to go on. */
export type RepairStep = "marked" | "log removed" | "renamed";

/** Whether the state file of a home folder needs a repair. */
export function needsRepair(homePath: string): boolean {
  if (!existsSync(homePath)) return false;
  try {
    const file = openStateToLook(homePath);
    try {
      const isEmpty = file.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
      if (isEmpty) return false;
      const found = Object.values(file.prepare("PRAGMA integrity_check(1)").get() ?? {})[0];
      if (found !== "ok") return true;
      void new StateDatabase(file, { readOnly: true });
      return !isAsWritten(file);
    } finally {
      file.close();
    }
  } catch (error) {
    // Rights that are missing are for a person to give; nothing is damaged.
    if (existsSync(statePath(homePath))) accessSync(statePath(homePath), constants.R_OK);
    if (!(error instanceof AgentError)) {
      // What SQLite says of a file that it cannot read.
      if (error instanceof Error && "errcode" in error) return true;
      throw error;
    }
    // An older version is brought up to date by whoever works next.
    return error.code !== "state-read-only";
  }
}

/** Whether a repair was made that the service was not asked for yet; of a state file that needs none itself. */
export function isServiceDue(homePath: string): boolean {
  if (!existsSync(homePath)) return false;
  const file = openStateToLook(homePath);
  try {
    const isEmpty = file.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
    return !isEmpty && new RepairState(new StateDatabase(file, { readOnly: true })).isServiceDue;
  } catch (error) {
    // Tables of an older version: it knew of no repair.
    if (error instanceof AgentError && error.code === "state-read-only") return false;
    throw error;
  } finally {
    file.close();
  }
}

/** Whether every value is one that the tool writes; seen by making the state anew in memory. */
function isAsWritten(file: SqlDatabase): boolean {
  const memory = new DatabaseSync(":memory:");
  try {
    return rebuildState(file, new StateDatabase(memory)).isWhole;
  } finally {
    memory.close();
  }
}

/**
 * Sets a state file that cannot be used aside and puts a new one in its place, with what can be read of it.
 * Killed at any moment, the damaged file is where it was, or the next repair goes on: the new one has its name
 * only once it is whole, and commands refuse to work between. For the one process that works in the folder.
 */
export function repairHome(
  homePath: string,
  nowMs: number,
  onStep: (step: RepairStep) => void = () => undefined,
): RepairOutcome {
  const mark = readMark(homePath);
  if (mark === undefined) {
    if (!needsRepair(homePath)) return { kind: "nothing-to-do" };
    const setAside = setFileAside(homePath, nowMs);
    const done = { setAside, report: buildAnew(homePath, setAside) };
    writeMark(homePath, done);
    onStep("marked");
    return finish(homePath, done, onStep);
  }
  return finish(homePath, mark, onStep);
}

/** Copies the damaged file, with the log that belongs to it, where nobody touches it. */
function setFileAside(homePath: string, nowMs: number): string | null {
  const path = statePath(homePath);
  const found = ["", "-wal"].filter((suffix) => existsSync(path + suffix));
  if (found.length === 0) return null;
  const folder = join(homePath, "damaged");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, "-");
  const [part, whole] = [join(folder, `${stamp}.part`), join(folder, stamp)];
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { mode: 0o700 });
  for (const suffix of found) putAside(path + suffix, join(part, `agent.db${suffix}`));
  renameSync(part, whole);
  syncFolder(folder);
  return whole;
}

/** Makes `agent.db.repaired` out of the reading of the copies that gives most, and says what that is. */
function buildAnew(homePath: string, setAside: string | null): RepairReport {
  const repaired = repairedPath(homePath);
  removeDatabase(repaired);
  const work = join(homePath, "repair.work");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { mode: 0o700 });
  const logged = readLoggedFacts(homePath);
  let best = builtFromNothing(repaired, logged);
  for (const damaged of setAside === null ? [] : patchedCopies(setAside, work)) {
    const path = join(work, "rebuilt.db");
    const report = builtFrom(damaged, path, logged);
    if (report === undefined || worthOf(report) <= worthOf(best)) continue;
    best = report;
    removeDatabase(repaired);
    renameSync(path, repaired);
  }
  syncFile(repaired);
  rmSync(work, { recursive: true, force: true });
  syncFolder(homePath);
  return best;
}

/** Builds a state at `path` that nothing is in. */
function builtFromNothing(path: string, logged: LoggedFacts): RepairReport {
  makeState(path);
  const [nothing, fresh] = [new DatabaseSync(":memory:"), openNodeDatabase(path)];
  try {
    return rebuildState(nothing, new StateDatabase(fresh), logged);
  } finally {
    nothing.close();
    fresh.close();
  }
}

/** Which of two readings gave more: what a person would miss most counts most. */
function worthOf(report: RepairReport): number {
  const { keptJobCount, keptFileRowCount, sourcePaths, rebuiltSourcePaths, isLoggedIn } = report;
  const sourceCount = sourcePaths.length - rebuiltSourcePaths.length;
  return sourceCount * 1e9 + (isLoggedIn ? 1e9 : 0) + keptJobCount * 1e4 + keptFileRowCount;
}

/** Builds a state at `path` out of one reading; undefined when the file cannot be opened at all. */
function builtFrom(
  damagedPath: string,
  path: string,
  logged: LoggedFacts,
): RepairReport | undefined {
  removeDatabase(path);
  makeState(path);
  const fresh = openNodeDatabase(path);
  let damaged: SqlDatabase | undefined;
  try {
    damaged = openNodeDatabase(damagedPath);
    return rebuildState(damaged, new StateDatabase(fresh), logged);
  } catch (error) {
    if (damaged === undefined && error instanceof Error && "errcode" in error) return undefined;
    throw error;
  } finally {
    damaged?.close();
    fresh.close();
  }
}

/** Gives the new file the name of the old one, whose companions go first: they would be taken for its own. */
function finish(homePath: string, done: Done, onStep: (step: RepairStep) => void): RepairOutcome {
  const [path, repaired] = [statePath(homePath), repairedPath(homePath)];
  if (existsSync(repaired)) {
    for (const suffix of ["-wal", "-shm", "-journal"]) rmSync(path + suffix, { force: true });
    syncFolder(homePath);
    onStep("log removed");
    renameSync(repaired, path);
    syncFolder(homePath);
    onStep("renamed");
  }
  rmSync(repairMark(homePath), { force: true });
  syncFolder(homePath);
  return { kind: "repaired", ...done };
}

function repairedPath(homePath: string): string {
  return `${statePath(homePath)}.repaired`;
}

function writeMark(homePath: string, done: Done): void {
  const path = repairMark(homePath);
  writeFileSync(`${path}.new`, JSON.stringify(done), { mode: 0o600 });
  syncFile(`${path}.new`);
  renameSync(`${path}.new`, path);
  syncFolder(homePath);
}

/** The mark of a repair that was cut off; undefined when there is none, or one that nobody wrote whole. */
function readMark(homePath: string): Done | undefined {
  const path = repairMark(homePath);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Done;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Copies a file; a folder that stands in its place is no state, and moves there as it is. */
function putAside(from: string, to: string): void {
  if (statSync(from).isDirectory()) return renameSync(from, to);
  copyFileSync(from, to);
  syncFile(to);
}

function syncFile(path: string): void {
  const file = openSync(path, statSync(path).isDirectory() ? "r" : "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
