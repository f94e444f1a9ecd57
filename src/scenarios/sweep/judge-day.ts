import type { JobRecord } from "../../protocol/job-record.ts";
import { NEW_DEVICE_NAME, type DayRecord } from "./sweep-day.ts";

/** What has to hold wherever a day was cut. */
export const SWEEP_LAWS = {
  I4: "The next slot completes, and service and source agree.",
  I7: "The agent never writes in a source folder.",
  I8: "One mail for each slot with trouble; one whose acceptance was cut may come twice.",
  I9: "One row for each source and slot.",
  I11: "Every file where a restore went is whole, old or new.",
  I13: "The days come to their end.",
  I14: "What was acknowledged is there, and what was cut off is closed as such.",
} as const;

/** A promise that did not hold. */
export interface SweepBreach {
  readonly law: keyof typeof SWEEP_LAWS;
  readonly message: string;
}

const CUT_OFF_CAUSES: Readonly<Record<JobRecord["kind"], string>> = {
  backup: "B-UX-7,B-UX-8",
  restore: "R-UX-2,R-UX-3",
  delete: "DEL-UX-1,DEL-UX-2",
};

const TEMPORARY_PREFIX = "/.azukeru-restore-";

/** Holds what is left of a day, cut at one point or at none, against the laws. */
export function judgeDay(record: DayRecord): SweepBreach[] {
  if (record.trouble !== undefined) {
    return [{ law: "I13", message: `the day did not come to its end: ${record.trouble}` }];
  }
  return [
    ...kept(record),
    ...closed(record),
    ...onceASlot(record),
    ...mails(record),
    ...healed(record),
    ...whole(record),
  ];
}

/** I14: whatever was acknowledged before the crash is there after it. */
function kept({ crash, acknowledged, deviceName }: DayRecord): SweepBreach[] {
  const breaches: SweepBreach[] = (crash?.broken ?? []).map((promise) => ({
    law: "I14",
    message: `lost with the power: ${promise}`,
  }));
  if (acknowledged.includes("deviceName") && deviceName !== NEW_DEVICE_NAME) {
    breaches.push({ law: "I14", message: `a changed setting is ${deviceName} again` });
  }
  return breaches;
}

/** Rule 4 and D2: what was cut off is closed as such, and nothing runs or waits for ever. */
function closed({ crash, jobs }: DayRecord): SweepBreach[] {
  const breaches: SweepBreach[] = [];
  const say = (message: string): void => void breaches.push({ law: "I14", message });
  for (const { id, status } of crash?.openJobs ?? []) {
    const job = jobs.find((one) => one.id === id);
    if (job === undefined) {
      say(`job ${id}, which was ${status}, is gone`);
      continue;
    }
    const is = `${job.status} [${job.causes.join(",")}] ${job.endedAtMs}`;
    const wanted =
      status === "waiting"
        ? "not-run [DEL-NR-2] null"
        : `unexpected [${CUT_OFF_CAUSES[job.kind]}] null`;
    if (is !== wanted) say(`job ${id} was ${status} and is ${is}, not ${wanted}`);
  }
  for (const { id, status } of jobs) {
    if (status === "running" || status === "waiting") say(`job ${id} is ${status} for ever`);
  }
  return breaches;
}

/** I9: one row per source and slot; deletions at most one. */
function onceASlot({ jobs, openSlotCount }: DayRecord): SweepBreach[] {
  const breaches: SweepBreach[] = [];
  const ofSlots = jobs.filter(({ slotDay }) => slotDay !== null);
  const backups = ofSlots.filter(({ kind }) => kind === "backup");
  const days = new Set(backups.map(({ slotDay }) => slotDay));
  const sources = new Set(
    jobs.filter(({ kind }) => kind === "backup").map((job) => job.sourcePath),
  );
  if (days.size !== SLOT_COUNT) {
    breaches.push({ law: "I9", message: `${days.size} slots have rows, ${SLOT_COUNT} came` });
  }
  for (const day of days) {
    for (const source of sources) {
      const ofSource = ofSlots.filter((job) => job.slotDay === day && job.sourcePath === source);
      const backupCount = ofSource.filter(({ kind }) => kind === "backup").length;
      const deleteCount = ofSource.length - backupCount;
      if (backupCount !== 1 || deleteCount > 1) {
        const message = `${source} has ${backupCount} rows and ${deleteCount} deletions in slot ${day}`;
        breaches.push({ law: "I9", message });
      }
    }
  }
  if (openSlotCount > 0) breaches.push({ law: "I9", message: "a slot was never ended" });
  return breaches;
}

/** The slot of the night and the one of the next. */
const SLOT_COUNT = 2;

/**
 * I8: one mail for each slot with a row that is not 完了, and no other. The one whose acceptance was cut
 * may have come twice, with the same Message-ID (decision 0011).
 */
function mails({ jobs, mails: received, waitingMailCount, crash }: DayRecord): SweepBreach[] {
  const breaches: SweepBreach[] = [];
  const say = (message: string): void => void breaches.push({ law: "I8", message });
  const troubled = new Set(
    jobs
      .filter((job) => job.slotDay !== null && job.status !== "completed")
      .map((job) => job.slotDay),
  );
  const ids = received.map(
    ({ headers }) => headers.find(({ name }) => name.toLowerCase() === "message-id")?.value,
  );
  if (ids.includes(undefined)) say("a mail has no Message-ID");
  const different = new Set(ids).size;
  if (different !== troubled.size) {
    say(`${different} mails came for ${troubled.size} slots with trouble`);
  }
  const doubles = ids.length - different;
  if (doubles > (crash?.isMailing === true ? 1 : 0)) say(`${doubles} mails came twice`);
  if (waitingMailCount > 0) say(`${waitingMailCount} mails still wait`);
  return breaches;
}

/** I4 and I7: the next slot completes, the service is as the PC, and the PC as its person left it. */
function healed({ jobs, intended, onDisk, stored, noteCount }: DayRecord): SweepBreach[] {
  const lastDay = Math.max(...jobs.map(({ slotDay }) => slotDay ?? 0));
  const unwell = jobs.filter((job) => {
    const isWell =
      job.status === "completed" ||
      // What a process deleted that ended before it could note so.
      (job.kind === "delete" && job.status === "not-found");
    return job.slotDay === lastDay && !isWell;
  });
  const notes: SweepBreach[] =
    noteCount === 0 ? [] : [{ law: "I4", message: `${noteCount} notes are left over` }];
  return [
    ...notes,
    ...unwell.map(({ id, kind, status, causes }): SweepBreach => ({
      law: "I4",
      message: `${kind} ${id} of the calm slot ended ${status} [${causes.join(",")}]`,
    })),
    ...differences(intended, stored).map((what): SweepBreach => ({
      law: "I4",
      message: `on the service, ${what}`,
    })),
    ...differences(intended, onDisk).map((what): SweepBreach => ({
      law: "I7",
      message: `in the source, ${what}`,
    })),
  ];
}

/**
 * I11: each file where a restore went is whole: as it stood, as it was backed up the day before, or as it
 * was that night. In the end all is there, and nothing under a temporary name.
 */
function whole(record: DayRecord): SweepBreach[] {
  const { targetAtCrash, target, targetBefore, backedUp, intended, jobs } = record;
  const breaches: SweepBreach[] = [];
  const say = (message: string): void => void breaches.push({ law: "I11", message });
  const isWhole = (path: string, bytes: string): boolean =>
    [targetBefore.get(path), backedUp.get(RESTORED + path), intended.get(RESTORED + path)].includes(
      bytes,
    );
  for (const [path, bytes] of targetAtCrash ?? []) {
    const isTemporary = path.includes(TEMPORARY_PREFIX);
    if (!isTemporary && !isWhole(path, bytes)) say(`at the crash, ${path} is neither old nor new`);
  }
  for (const [path, bytes] of target) {
    if (!isWhole(path, bytes)) say(`in the end, ${path} is neither old nor new`);
  }
  for (const path of targetBefore.keys()) {
    if (targetAtCrash?.has(path) === false) say(`at the crash, ${path} is gone`);
    if (!target.has(path)) say(`in the end, ${path} is gone`);
  }
  if (!jobs.some(({ kind }) => kind === "restore")) return breaches;
  for (const [path, bytes] of intended) {
    if (!path.startsWith(RESTORED)) continue;
    if (target.get(path.slice(RESTORED.length)) !== bytes)
      say(`in the end, ${path} is not restored`);
  }
  return breaches;
}

/** What is restored; files in it and in the target are compared by their paths below. */
const RESTORED = "/home/me/docs";

function differences(
  wanted: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string[] {
  return [
    ...[...wanted].flatMap(([path, bytes]) => {
      if (found.get(path) === bytes) return [];
      return [found.has(path) ? `${path} has other bytes` : `${path} is missing`];
    }),
    ...[...found.keys()].filter((path) => !wanted.has(path)).map((path) => `${path} is left over`),
  ];
}
