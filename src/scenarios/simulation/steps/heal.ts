import { forbiddenNameCause } from "../../../protocol/forbidden-name.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import type { LoginFact } from "../../observation/login-fact.ts";
import type { BackupStep } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";
import type { ScenarioPc } from "../pc/scenario-pc.ts";
import { backUp } from "./back-up.ts";
import { isAtOrBelow, parentOf } from "../disk/scenario-path.ts";
import { toolHome } from "../world/tool-home.ts";
import { factsOfStep } from "./facts-of-step.ts";

/** More than any scenario stores. */
const AMPLE_BYTES = 2 ** 40;

/** In one scenario of so many a second backup follows. */
const CALM_EVERY = 4;

/** Longer than the longest pause between two tries, and than any file stays fresh. */
const REST_MS = 10 * 60_000;

/** Longer than the service keeps an upload that nobody goes on with. */
const UPLOAD_KEPT_MS = 73 * 3_600_000;

/** Longer than the longest try of a mail and the longest pause behind it. */
const MAIL_REST_MS = 100 * 60_000;

/**
 * What comes after the timeline (I4): faults stop, the person puts right what is his to put right, some
 * time passes, and a backup has to heal everything.
 */
export async function heal(simulation: Simulation): Promise<void> {
  const { scenario, world, pc, commands, actors, scenarioWorld, recorders } = simulation;
  const { device } = simulation;
  simulation.faultMoments.stepBegins(scenario.timeline.length);
  world.trace.add("person", "puts-right");
  if (pc !== undefined) await putPcRight(simulation, pc);
  simulation.network.change({});
  repairDisk(simulation);
  actors.putTargetsRight();
  world.memory.setFree(Number.POSITIVE_INFINITY);
  actors.explore({ do: "set-quota", bytes: AMPLE_BYTES });
  if (!commands.knowsPassword || isCaptchaAsked(simulation.logins)) await commands.login();
  const known = new Set(device.agent.sources.list().map(({ path }) => path));
  for (const path of simulation.sourcePaths) {
    const host = scenarioWorld.paths.toHost(path);
    // Adding the folder again is how the tool makes a destination that is gone.
    if (actors.destinationLosses.has(path) && known.delete(host)) device.agent.sources.remove(host);
    if (!known.has(host)) await commands.addSource(path);
  }
  // What they deleted or replaced in the explorer comes back only so (F16).
  if (recorders.observer.acts.length > 0) commands.changeSettings({ compareUpload: true });
  // They saw what D15 is about: whatever is in the sources now is what they want.
  const { compareDelete } = device.agent.settings.read();
  const step: BackupStep = { do: "backup", ...(compareDelete ? { confirmDeletions: true } : {}) };
  const number = scenario.timeline.length;
  // That nothing is left to do after it is looked at in some scenarios only: it takes as long again.
  const backupCount = scenario.seed % CALM_EVERY === 0 ? 2 : 1;
  // What a lost power made the tool forget at a service of little memory takes its room as long.
  const isForgetful = scenario.serviceTuning?.memoryBytesMax !== undefined && device.hasLostPower;
  for (let run = 0; run < backupCount; run += 1) {
    await world.clock.wait(run === 0 && isForgetful ? UPLOAD_KEPT_MS : REST_MS);
    if (pc !== undefined) await simulation.idle();
    if (device.agent.sources.list().length > 0)
      await backUp(simulation, step, number + run, "healing");
  }
}

/** Wrong passwords in a row after which the tool, that has no eyes, cannot log in (F02). */
const WRONG_PASSWORD_COUNT = 3;

/** Whether the service asks for the characters of an image: the tool notices once its session is over. */
function isCaptchaAsked(logins: readonly LoginFact[]): boolean {
  let wrongCount = 0;
  let keptCount = 0;
  for (const login of logins) {
    if (login === "taken") wrongCount = 0;
    else if (login === "kept") keptCount = wrongCount;
    else if (login === "put-back") wrongCount = keptCount;
    else if (login === "guessed" || login === "refused") wrongCount += 1;
  }
  return wrongCount >= WRONG_PASSWORD_COUNT;
}

/** Everything is switched on and connected; what waits to be sent has time to go out. */
async function putPcRight(simulation: Simulation, pc: ScenarioPc): Promise<void> {
  pc.network.up();
  simulation.slots.begin(factsOfStep(simulation, simulation.scenario.timeline.length));
  const { mail } = simulation;
  if (mail.faults.length > 0) mail.setFaults([]);
  await pc.putRight();
  if (mail.acts.length > 0) await simulation.world.clock.wait(MAIL_REST_MS);
  await simulation.idle();
}

/** Unlocks, allows, renames away: afterwards every entry of every source can be backed up. */
function repairDisk(simulation: Simulation): void {
  const { sourcePaths, actors, scenario } = simulation;
  const { model } = simulation.scenarioWorld;
  const home = toolHome(scenario.disk);
  for (const fact of model.below("").values()) {
    if (fact.locked) actors.change({ do: "unlock", path: fact.path });
    if (fact.denied) actors.change({ do: "allow", path: fact.path });
  }
  for (const source of sourcePaths) {
    // What the tool keeps for itself is no source, nor is anything around it (D17), nor a name that is refused.
    const name = source.slice(source.lastIndexOf("/") + 1);
    if (isAtOrBelow(home, source) || forbiddenNameCause(name, "folder") !== undefined) continue;
    for (const path of lineOf(source)) {
      const fact = model.at(path);
      if (fact !== undefined && fact.kind !== "folder") actors.change({ do: "delete", path });
      if (model.at(path) === undefined) actors.change({ do: "make-folder", path });
    }
    for (const fact of model.below(source).values()) {
      if (fact.path !== source && cannotBeBackedUp(fact) && model.at(fact.path) !== undefined) {
        actors.change({ do: "delete", path: fact.path });
      }
    }
  }
}

/** A path and the folders that it is in, the outermost first: what went, or is covered, above a source took it along. */
function lineOf(path: string): readonly string[] {
  const line = [path];
  for (let at = parentOf(path); at !== ""; at = parentOf(at)) line.unshift(at);
  return line;
}

function cannotBeBackedUp(fact: DiskFact): boolean {
  if (fact.kind !== "file" && fact.kind !== "folder") return false;
  const name = fact.path.slice(fact.path.lastIndexOf("/") + 1);
  return fact.nameBase64 !== undefined || forbiddenNameCause(name, fact.kind) !== undefined;
}
