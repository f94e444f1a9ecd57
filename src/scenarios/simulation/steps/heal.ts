import { forbiddenNameCause } from "../../../protocol/forbidden-name.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import type { BackupStep } from "../../scenario/step.ts";
import type { Life } from "../simulation.ts";
import type { PcLife } from "../pc/pc-life.ts";
import { backUp } from "./back-up.ts";
import { factsOfStep } from "./facts-of-step.ts";

/** More than any scenario stores. */
const AMPLE_BYTES = 2 ** 40;

/** In one scenario of so many a second backup follows. */
const CALM_EVERY = 4;

/** Longer than the longest pause between two tries, and than any file stays fresh. */
const REST_MS = 10 * 60_000;

/** Longer than the longest try of a mail and the longest pause behind it. */
const MAIL_REST_MS = 100 * 60_000;

/**
 * What comes after the timeline (I4): faults stop, the person puts right what is his to put right, some
 * time passes, and a backup has to heal everything.
 */
export async function heal(life: Life): Promise<void> {
  const { scenario, world, around, commands, people, place, recorders } = life;
  const { pc } = life.hosts;
  world.trace.add("person", "puts-right");
  if (around !== undefined) await putPcRight(life, around);
  repairDisk(life);
  people.putTargetsRight();
  people.explore({ do: "set-quota", bytes: AMPLE_BYTES });
  if (pc.agent.account() === undefined) await commands.login();
  const known = new Set(pc.agent.sources().map(({ path }) => path));
  for (const path of scenario.sources) {
    const host = place.paths.toHost(path);
    // Adding the folder again is how the tool makes a destination that is gone.
    if (people.destinationLosses.has(path) && known.delete(host)) pc.agent.removeSource(host);
    if (!known.has(host)) await commands.addSource(path);
  }
  // What they deleted or replaced in the explorer comes back only so (F16).
  if (recorders.acts.length > 0) pc.agent.changeSettings({ compareUpload: true });
  // They saw what D15 is about: whatever is in the sources now is what they want.
  const { compareDelete } = pc.agent.settings();
  const step: BackupStep = { do: "backup", ...(compareDelete ? { confirmDeletions: true } : {}) };
  const number = scenario.timeline.length;
  // That nothing is left to do after it is looked at in some scenarios only: it takes as long again.
  const backupCount = scenario.seed % CALM_EVERY === 0 ? 2 : 1;
  for (let run = 0; run < backupCount; run += 1) {
    await world.clock.wait(REST_MS);
    if (around !== undefined) await life.idle();
    if (pc.agent.sources().length > 0) await backUp(life, step, number + run, "healing");
  }
}

/** Everything is switched on and connected; what waits to be sent has time to go out. */
async function putPcRight(life: Life, around: PcLife): Promise<void> {
  around.network.up();
  life.slots.begin(factsOfStep(life, life.scenario.timeline.length));
  const { mail } = life.place;
  if (mail.faults.length > 0) mail.setFaults([]);
  await around.putRight();
  if (mail.acts.length > 0) await life.world.clock.wait(MAIL_REST_MS);
  await life.idle();
}

/** Unlocks, allows, renames away: afterwards every entry of every source can be backed up. */
function repairDisk(life: Life): void {
  const { scenario, people } = life;
  const { model } = life.place;
  for (const fact of model.below("").values()) {
    if (fact.locked) people.change({ do: "unlock", path: fact.path });
    if (fact.denied) people.change({ do: "allow", path: fact.path });
  }
  for (const source of scenario.sources) {
    const root = model.at(source);
    if (root !== undefined && root.kind !== "folder") people.change({ do: "delete", path: source });
    if (model.at(source) === undefined) people.change({ do: "make-folder", path: source });
    for (const fact of model.below(source).values()) {
      if (fact.path !== source && cannotBeBackedUp(fact) && model.at(fact.path) !== undefined) {
        people.change({ do: "delete", path: fact.path });
      }
    }
  }
}

function cannotBeBackedUp(fact: DiskFact): boolean {
  if (fact.kind !== "file" && fact.kind !== "folder") return false;
  const name = fact.path.slice(fact.path.lastIndexOf("/") + 1);
  return fact.nameBase64 !== undefined || forbiddenNameCause(name, fact.kind) !== undefined;
}
