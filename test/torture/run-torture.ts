import { readdirSync } from "node:fs";

import { SeededRandom } from "../../src/sim-server/kernel/seeded-random.ts";
import { outputLines, type OutputLine } from "../e2e/support/agent-home.ts";
import type { CommandEnd } from "../e2e/support/own-command.ts";
import { readAgentState, type AgentState } from "./agent-state.ts";
import { judgeClosedState, judgeKilledState } from "./judge-state.ts";
import { WorldJudge } from "./judge-world.ts";
import { drawMoment, killAt, type Moment } from "./moment.ts";
import { plantSources, prepareOperation, type Operation, type OperationKind } from "./operation.ts";
import { SOURCE_NAMES, TortureWorld, type SourceName } from "./torture-world.ts";

/** What a torture is made of. */
export interface TortureOptions {
  readonly seed: number;
  /** Commands to kill; those that end before their moment comes are not counted. */
  readonly kills: number;
  /** Told after each command. */
  readonly onTurn?: (turn: Turn) => void;
}

/** One command, and what became of it. */
export interface Turn {
  /** From 1. */
  readonly number: number;
  readonly kind: OperationKind;
  readonly args: readonly string[];
  readonly moment: Moment["at"];
  /** False when it ended before its moment came. */
  readonly wasKilled: boolean;
  /** How far it had come, by what it had printed. */
  readonly stage: string;
  /** Promises that did not hold. */
  readonly breaches: readonly string[];
}

/** What came of a torture. */
export interface TortureResult {
  readonly turns: readonly Turn[];
  /** What the calm runs at the end did not heal (I4). */
  readonly unhealed: readonly string[];
}

/** How long a command takes until one was seen to its end, in milliseconds. */
const USUAL_MS: Readonly<Record<OperationKind, number>> = {
  backup: 1_500,
  restore: 1_500,
  delete: 1_500,
  settings: 600,
};

/** Runs in a row that end before their moment: the moments are drawn wrongly, or nothing works. */
const MISSES_MAX = 40;

/** How a command ends when some job of its run is not 完了. */
const INCOMPLETE = 3;

/** In one turn of so many the command after the kill is a backup, else a change of a setting. */
const BACKUP_AFTER_EVERY = 4;

/** What may be in the agent's own folder when no command runs. */
const HOME_NAMES: ReadonlySet<string> = new Set([
  "agent.db",
  "lock.db",
  "logs",
  "requests",
  "reserve",
]);

/**
 * Kills commands at moments that follow from the seed, looks after each kill whether every promise
 * holds (I14, I7, I11), and in the end whether a calm run heals everything (I4). The moments are as
 * exact as a machine's own timing lets them be: the same seed gives the same commands and the same
 * wishes, not the same byte.
 */
export async function runTorture(options: TortureOptions): Promise<TortureResult> {
  const random = new SeededRandom(options.seed);
  await using world = await TortureWorld.create((made) => plantSources(made, random.fork("plant")));
  const destinations = await destinationsOf(world);
  const torture = new Torture(world, random, new WorldJudge(world, destinations, new Map()));
  const turns: Turn[] = [];
  let misses = 0;
  for (let killed = 0; killed < options.kills;) {
    const turn = await torture.turn(turns.length + 1);
    turns.push(turn);
    options.onTurn?.(turn);
    misses = turn.wasKilled ? 0 : misses + 1;
    if (misses > MISSES_MAX) throw new Error(`${MISSES_MAX} commands in a row ended unharmed`);
    if (turn.wasKilled) killed += 1;
  }
  return { turns, unhealed: await torture.heal(destinations) };
}

async function destinationsOf(world: TortureWorld): Promise<Map<SourceName, string>> {
  const places = await world.destinations();
  return new Map(
    SOURCE_NAMES.flatMap((name) => {
      const place = places.get(world.source(name));
      return place === undefined ? [] : [[name, place] as const];
    }),
  );
}

class Torture {
  readonly #world: TortureWorld;
  readonly #random: SeededRandom;
  readonly #judge: WorldJudge;
  readonly #usualMs: Record<OperationKind, number> = { ...USUAL_MS };
  #state: AgentState;

  constructor(world: TortureWorld, random: SeededRandom, judge: WorldJudge) {
    this.#world = world;
    this.#random = random;
    this.#judge = judge;
    this.#state = readAgentState(world.homePath);
  }

  async turn(number: number): Promise<Turn> {
    const random = this.#random.fork(`turn ${number}`);
    const operation = prepareOperation(this.#world, random, this.#state);
    const moment = drawMoment(random, operation.kind !== "settings");
    const around = this.#judge.look();
    const end = await this.#runUntil(operation, moment);
    await this.#world.rest();
    const lines = wholeLines(end.stdout);
    const left = readAgentState(this.#world.homePath);
    const wasKilled = end.exitCode === null;
    const command = { operation, lines, before: this.#state, after: left };
    const breaches = [
      ...(wasKilled ? [] : judgeUnharmed(operation.args, end)),
      ...judgeKilledState(command),
      ...this.#judge.judge(around),
      ...(await this.#next(left, number)),
    ];
    return {
      number,
      kind: operation.kind,
      args: operation.args,
      moment: moment.at,
      wasKilled,
      stage: stageOf(lines),
      breaches,
    };
  }

  /** Calm runs until the service is as the PC, and what they did not achieve. */
  async heal(destinations: ReadonlyMap<SourceName, string>): Promise<string[]> {
    const breaches: string[] = [];
    const mustComplete = async (args: readonly string[]): Promise<void> => {
      breaches.push(...judgeUnharmed(args, await this.#world.home.run([...args, "--json"])));
    };
    await mustComplete(["backup", "run"]);
    const { source, target } = { source: this.#world.source("main"), target: this.#world.target };
    await mustComplete(["restore", source, target, "--folder", "--on-conflict", "overwrite"]);
    for (const [name, place] of destinations) {
      const onPc = this.#world.onDisk(name);
      const stored = this.#world.stored(place);
      for (const [path, { sha256, modifiedAtNs }] of onPc) {
        const there = stored.get(path);
        const isThere = there?.sha256 === sha256 && there.modifiedAtNs === modifiedAtNs;
        if (!isThere) breaches.push(`after all, ${path} of ${name} is not on the service as it is`);
      }
      for (const path of stored.keys()) {
        if (!onPc.has(path)) breaches.push(`after all, ${path} is still in ${place}`);
      }
    }
    const restored = this.#judge.look();
    for (const [path, { sha256 }] of restored.sources.get("main") ?? []) {
      if (restored.target.get(path)?.sha256 !== sha256) {
        breaches.push(`after all, ${path} was not restored`);
      }
    }
    breaches.push(...this.#judge.leftovers());
    for (const name of readdirSync(this.#world.homePath)) {
      if (!HOME_NAMES.has(name)) breaches.push(`${name} was left in the tool's own folder`);
    }
    return breaches;
  }

  async #runUntil(operation: Operation, moment: Moment): Promise<CommandEnd> {
    const startedAtMs = performance.now();
    const running = this.#world.home.start([...operation.args, "--json"]);
    const usualMs = this.#usualMs[operation.kind];
    const stop = killAt(moment, { running, world: this.#world, usualMs });
    const end = await running.ended.finally(stop);
    const tookMs = performance.now() - startedAtMs;
    if (end.exitCode !== null) this.#usualMs[operation.kind] = (usualMs + tookMs) / 2;
    return end;
  }

  /** The next command needs nobody's hand, and closes what was cut off. */
  async #next(left: AgentState, number: number): Promise<string[]> {
    const isBackup = number % BACKUP_AFTER_EVERY === 0;
    const { compareUpload = "off" } = left.settings;
    const args = isBackup
      ? ["backup", "run"]
      : ["settings", "--compare-upload", String(compareUpload)];
    const around = this.#judge.look();
    const end = await this.#world.home.run([...args, "--json"]);
    this.#state = readAgentState(this.#world.homePath);
    const breaches = [...judgeClosedState(left, this.#state), ...judgeUnharmed(args, end)];
    if (!isBackup) return breaches;
    return [...breaches, ...this.#judge.judge(around), ...this.#judge.leftovers()];
  }
}

/**
 * A command that nobody killed does its work. What an earlier process deleted and was killed before it
 * could note is 未存在 for the next deletion.
 */
function judgeUnharmed(args: readonly string[], end: CommandEnd): string[] {
  const { exitCode, stdout, stderr } = end;
  const jobs = wholeLines(stdout).filter(({ type }) => type === "job-ended");
  const isWell = jobs.every(
    ({ kind, status }) => status === "completed" || (kind === "delete" && status === "not-found"),
  );
  if (stderr === "" && (exitCode === 0 || (exitCode === INCOMPLETE && isWell))) return [];
  return [`${args.join(" ")}, which nobody killed, ended with ${exitCode}: ${stderr}${stdout}`];
}

/** What a killed process was in the middle of printing is no line. */
function wholeLines(stdout: string): readonly OutputLine[] {
  return outputLines(stdout.slice(0, stdout.lastIndexOf("\n") + 1));
}

function stageOf(lines: readonly OutputLine[]): string {
  const last = lines.findLast(({ type }) => type !== "file" && type !== "progress");
  if (last === undefined) return "nothing said";
  if (last.type === "job-started") return `in a ${String(last["kind"])}`;
  if (last.type === "job-ended") return `after a ${String(last["kind"])}`;
  return `after ${last.type}`;
}
