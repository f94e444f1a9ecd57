import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { SeededRandom } from "../../src/sim-server/kernel/seeded-random.ts";
import type { AgentState } from "./agent-state.ts";
import type { SourceName, TortureWorld } from "./torture-world.ts";

/** What is killed. */
const OPERATION_KINDS = ["backup", "restore", "delete", "settings"] as const;

/** One of {@link OPERATION_KINDS}. */
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** What a command that changes settings leads to, by the part of the state that it changes. */
type SettingsChange = Partial<Pick<AgentState, "settings" | "mail" | "schedule" | "sources">>;

/** A command that is about to be killed. */
export interface Operation {
  readonly kind: OperationKind;
  readonly args: readonly string[];
  /** How the settings stand once it has succeeded; only what it changes. */
  readonly leadsTo: SettingsChange;
}

const FOLDER_COUNT = 6;
const SMALL_BYTES_MAX = 20_000;
/** Sent by a PUT of its own. */
const MIDDLING_BYTES = 300_000;
/** Sent resumably: more than the agent reads whole. */
const LARGE_BYTES = 5 * 2 ** 20 + 321;
const LARGE_FILE = "0-large.bin";

/** Fewer files than so many are not deleted from: a source without files is a case of its own (D15). */
const FILE_COUNT_MIN = 6;

/** Makes the folders as they are at first. */
export function plantSources(world: TortureWorld, random: SeededRandom): void {
  write(world, "main", LARGE_FILE, random.bytes(LARGE_BYTES));
  for (let number = 0; number < 3; number += 1) {
    write(world, "main", `middling-${number}.bin`, random.bytes(MIDDLING_BYTES));
  }
  for (let number = 0; number < 40; number += 1) writeSmall(world, "main", number, random);
  for (let number = 0; number < 12; number += 1) writeSmall(world, "second", number, random);
  for (let number = 0; number < 4; number += 1) writeSmall(world, "extra", number, random);
}

/** Draws what is done next and prepares the disk for it, as a person and his applications would. */
export function prepareOperation(
  world: TortureWorld,
  random: SeededRandom,
  state: AgentState,
): Operation {
  const kind = OPERATION_KINDS[random.int(OPERATION_KINDS.length)] ?? "backup";
  switch (kind) {
    case "backup":
      change(world, random);
      return { kind, args: ["backup", "run"], leadsTo: {} };
    case "delete":
      remove(world, "main", random);
      remove(world, "second", random);
      return { kind, args: ["backup", "run"], leadsTo: {} };
    case "restore":
      return prepareRestore(world, random);
    case "settings":
      return { kind, ...drawSettingsChange(world, random, state) };
  }
}

function change(world: TortureWorld, random: SeededRandom): void {
  for (let count = 3 + random.int(8); count > 0; count -= 1) {
    writeSmall(world, "main", random.int(70), random);
  }
  for (let count = random.int(4); count > 0; count -= 1) {
    writeSmall(world, "second", random.int(30), random);
    writeSmall(world, "extra", random.int(8), random);
  }
  if (random.int(3) === 0) {
    write(world, "main", `middling-${random.int(3)}.bin`, random.bytes(MIDDLING_BYTES));
  }
  if (random.int(3) === 0) write(world, "main", LARGE_FILE, random.bytes(LARGE_BYTES));
}

function remove(world: TortureWorld, name: SourceName, random: SeededRandom): void {
  const paths = [...world.onDisk(name).keys()].filter((path) => path.endsWith(".txt")).toSorted();
  const count = Math.min(1 + random.int(8), paths.length - FILE_COUNT_MIN);
  for (let left = count; left > 0; left -= 1) {
    const [path] = paths.splice(random.int(paths.length), 1);
    if (path !== undefined) rmSync(join(world.source(name), path));
  }
  // With its folder, whatever that still holds.
  const folder = join(world.source(name), `folder-${random.int(FOLDER_COUNT)}`);
  if (paths.length > FILE_COUNT_MIN * 3) rmSync(folder, { recursive: true, force: true });
}

/** Some of what stands in the target is older, some is gone, so that there is something to restore. */
function prepareRestore(world: TortureWorld, random: SeededRandom): Operation {
  for (const path of world.onDisk("main").keys()) {
    const fate = random.int(4);
    const standing = join(world.target, path);
    if (fate === 0) rmSync(standing, { force: true });
    if (fate !== 1 || path === LARGE_FILE) continue;
    mkdirSync(dirname(standing), { recursive: true });
    writeFileSync(standing, random.bytes(1 + random.int(SMALL_BYTES_MAX)));
  }
  const choice = random.int(4) === 0 ? "skip" : "overwrite";
  const from = world.source("main");
  const args = ["restore", from, world.target, "--folder", "--on-conflict", choice];
  return { kind: "restore", args, leadsTo: {} };
}

type DrawnChange = Pick<Operation, "args" | "leadsTo">;

function drawSettingsChange(
  world: TortureWorld,
  random: SeededRandom,
  state: AgentState,
): DrawnChange {
  switch (random.int(4)) {
    case 0:
      return changeSettings(random, state);
    case 1:
      return changeMail(random);
    case 2:
      return changeSchedule(random);
    default:
      return changeSources(world, state);
  }
}

function changeSettings(random: SeededRandom, { settings }: AgentState): DrawnChange {
  const onOrOff = (): string => (random.int(2) === 0 ? "on" : "off");
  const [includeHidden, compareUpload] = [onOrOff(), onOrOff()];
  const deviceName = `pc-${random.int(1_000)}`;
  const switches = ["--include-hidden", includeHidden, "--compare-upload", compareUpload];
  return {
    args: ["settings", "--device-name", deviceName, ...switches],
    leadsTo: { settings: { ...settings, deviceName, includeHidden, compareUpload } },
  };
}

function changeMail(random: SeededRandom): DrawnChange {
  const number = random.int(1_000_000);
  const [host, user] = [`smtp-${number}.example.com`, `user-${number}`];
  const [sender, recipient] = [`pc-${number}@example.com`, `taro-${number}@example.com`];
  const address = ["--from", sender, "--to", recipient];
  return {
    args: ["mail", "set", "--server", host, "--user", user, ...address],
    leadsTo: {
      mail: {
        role: "draft",
        host,
        port: 465,
        user,
        // `AZUKERU_PASSWORD`, as for the login.
        password: "open-sesame",
        secure: 1,
        sender,
        recipients: JSON.stringify([recipient]),
      },
    },
  };
}

function changeSchedule(random: SeededRandom): DrawnChange {
  const [hour, minute] = [random.int(24), random.int(60)];
  const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const weekdays = days.flatMap((_, day) => (random.int(2) === 0 ? [day] : []));
  const chosen = weekdays.length === 0 ? [0] : weekdays;
  const names = chosen.map((day) => days[day]).join(",");
  return {
    args: [
      "schedule",
      "set",
      "--at",
      `${hour}:${String(minute).padStart(2, "0")}`,
      "--days",
      names,
    ],
    leadsTo: {
      schedule: { weekdays: chosen.join(","), minute_of_day: hour * 60 + minute, is_on: 1 },
    },
  };
}

function changeSources(world: TortureWorld, { sources }: AgentState): DrawnChange {
  const path = world.source("extra");
  if (sources.includes(path)) {
    const left = sources.filter((one) => one !== path);
    return { args: ["source", "remove", path], leadsTo: { sources: left } };
  }
  return { args: ["source", "add", path], leadsTo: { sources: [...sources, path].toSorted() } };
}

function writeSmall(
  world: TortureWorld,
  name: SourceName,
  number: number,
  random: SeededRandom,
): void {
  const path = `folder-${number % FOLDER_COUNT}/${number}.txt`;
  write(world, name, path, random.bytes(1 + random.int(SMALL_BYTES_MAX)));
}

function write(world: TortureWorld, name: SourceName, path: string, content: Uint8Array): void {
  const full = join(world.source(name), path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}
