import type { JobKind } from "../../protocol/job-kind.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { Verdict } from "../../sim-server/kernel/verdict.ts";
import { sha256 } from "../scenario/content.ts";
import type { PcRecord } from "../observation/pc-record.ts";
import type { DriverFact, RunRecord, SourceDifference } from "../observation/run-record.ts";
import { deviceNameOf } from "./process/devices.ts";
import { ACCOUNT, CUSTOMER } from "./world/account.ts";
import { allRows } from "./observe/all-pages.ts";
import { listsOf } from "./observe/lists-of.ts";
import type { Simulation } from "./simulation.ts";
import { MAIL_USER } from "../scenario/mail-user.ts";
import type { SimulatedDevice } from "./process/simulated-device.ts";
import { isOfWorld } from "./is-of-world.ts";

/** All that a scenario leaves behind once it has run. */
export function recordOf(simulation: Simulation, verdict: Verdict<void>): RunRecord {
  const { world, scenario, recorders, refusals, pc } = simulation;
  const devices = simulation.devices.all;
  const isDone = verdict.kind === "done";
  return {
    scenario,
    backups: recorders.backups.runs,
    deletions: recorders.deletions.runs,
    restores: recorders.restores.runs,
    refusals: refusals.facts,
    sourceWishes: simulation.commands.sourceWishes,
    logins: simulation.logins,
    looks: recorders.observer.looks,
    browsed: isDone ? simulation.browsed : [],
    lists: isDone ? devices.map(listsOf) : [],
    customer: simulation.customer.facts,
    serviceRestarts: simulation.operator.restarts,
    inertParts: simulation.inert.all,
    pc: isDone ? pcRecord(simulation) : undefined,
    crashes: devices.flatMap(({ crashes }) => crashes),
    unfinished: simulation.device.unfinished,
    lostSettings: isDone ? [...simulation.lostSettings] : [],
    notices: simulation.notices,
    history: isDone ? devices.flatMap((device) => historyOf(device)) : [],
    foreignDiskChanges: isDone ? foreignDiskChanges(simulation) : [],
    foreignServiceLosses: isDone ? foreignServiceLosses(simulation) : [],
    foreignServiceWrites: isDone ? foreignServiceWrites(simulation) : [],
    agentCount: devices.length,
    logs: devices.flatMap((device) => device.logs),
    waits: devices.flatMap((device) => device.waits),
    secrets: [
      ACCOUNT.password,
      CUSTOMER.password,
      ...world.tokens,
      ...simulation.commands.answers,
      ...simulation.customer.answers,
      ...(pc === undefined ? [] : [MAIL_USER.password, ...pc.tasks.secrets]),
    ],
    peaks: { openFiles: simulation.devices.openFilesPeak, ...world.peaks },
    ways: [...simulation.ways.values()],
    driver: driverFact(verdict, world.service.internalErrors),
    virtualMs: verdict.cost.elapsedMs,
    traceHash: world.trace.traceHash(),
    trace: world.trace.lines(),
  };
}

function historyOf(device: SimulatedDevice): readonly JobRecord[] {
  return [
    ...allJobs(device, "backup"),
    ...allJobs(device, "delete"),
    ...allJobs(device, "restore"),
  ];
}

/** Every page of a history. */
function allJobs({ agent }: SimulatedDevice, kind: JobKind): readonly JobRecord[] {
  return allRows((page) => agent.history.jobs(kind, page));
}

function pcRecord({ pc, scenarioWorld, device, mail, commands }: Simulation): PcRecord | undefined {
  if (pc === undefined) return undefined;
  return {
    ...pc.record(),
    ...mail.record(),
    backups: allJobs(device, "backup"),
    deletions: allJobs(device, "delete"),
    deviceNames: [
      { elapsedMs: 0, name: deviceNameOf(scenarioWorld.scenario) },
      ...commands.deviceNames,
    ],
    sourceOf: (job) => scenarioWorld.paths.fromHost(job.sourcePath),
  };
}

function driverFact(verdict: Verdict<void>, internalErrors: readonly unknown[]): DriverFact {
  const [internal] = internalErrors;
  if (internal !== undefined) {
    return { kind: "threw", detail: `service: ${errorText(internal)}`, isOfWorld: true };
  }
  if (verdict.kind === "done") return { kind: "done", detail: "" };
  if (verdict.kind === "threw") {
    const { error } = verdict;
    return { kind: "threw", detail: errorText(error), isOfWorld: isOfWorld(error) };
  }
  return { kind: verdict.kind, detail: verdict.detail };
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Where the disk is no longer as the world left it. */
function foreignDiskChanges({
  scenarioWorld: { world, model, scenario, paths },
}: Simulation): readonly SourceDifference[] {
  const found: SourceDifference[] = [];
  for (const source of scenario.sources) {
    if (model.at(source) === undefined) continue;
    const snapshot = world.disk.snapshot(paths.toHost(source));
    const facts = model.below(source);
    if (snapshot.size !== facts.size) {
      const counts = { found: snapshot.size, made: facts.size };
      found.push({ what: "entry-count", path: source, ...counts });
    }
    for (const fact of facts.values()) {
      if (fact.kind !== "file" || fact.nameBase64 !== undefined) continue;
      const entry = snapshot.get(paths.toHost(fact.path));
      const { path } = fact;
      if (entry === undefined) found.push({ what: "gone-from-disk", path });
      else if (sha256(entry.bytes) !== fact.sha256) found.push({ what: "other-on-disk", path });
    }
  }
  return found;
}

function foreignServiceLosses({
  scenarioWorld: { probe },
  actors: { elsewhere },
}: Simulation): string[] {
  return [...elsewhere].flatMap(([path, digest]) => (probe.digest(path) === digest ? [] : [path]));
}

function foreignServiceWrites({
  scenarioWorld: { probe },
  actors: { elsewhere, renamedFolders },
  recorders,
}: Simulation): string[] {
  const places = [...new Set(recorders.backups.runs.map(({ destination }) => `${destination}/`))];
  // A person may have renamed a destination together with what was in it.
  const allowed = [...places, ...[...renamedFolders].map((folder) => `${folder}/`)];
  return probe
    .allFiles()
    .filter((path) => !elsewhere.has(path) && !allowed.some((place) => path.startsWith(place)));
}
