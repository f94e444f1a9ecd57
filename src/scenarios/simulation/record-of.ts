import type { JobKind } from "../../protocol/job-kind.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { Verdict } from "../../sim-server/kernel/verdict.ts";
import { sha256 } from "../scenario/content.ts";
import type { PcRecord } from "../observation/pc-record.ts";
import type { DriverFact, RunRecord } from "../observation/run-record.ts";
import { ACCOUNT } from "./world/account.ts";
import type { Life } from "./simulation.ts";
import { MAIL_USER } from "../scenario/mail-user.ts";
import type { AgentHost } from "./process/agent-host.ts";

/** All that a scenario which was lived through leaves behind. */
export function recordOf(life: Life, verdict: Verdict<void>): RunRecord {
  const { world, scenario, recorders, refusals, around } = life;
  const hosts = life.hosts.all;
  const isDone = verdict.kind === "done";
  return {
    scenario,
    jobs: recorders.backups.runs,
    deletions: recorders.deletions.runs,
    restores: recorders.restores.runs,
    refusals: refusals.facts,
    pc: isDone ? pcRecord(life) : undefined,
    crashes: hosts.flatMap(({ crashes }) => crashes),
    history: isDone ? hosts.flatMap((host) => historyOf(host)) : [],
    foreignDiskChanges: isDone ? foreignDiskChanges(life) : [],
    foreignServiceLosses: isDone ? foreignServiceLosses(life) : [],
    foreignServiceWrites: isDone ? foreignServiceWrites(life) : [],
    agentCount: hosts.length,
    logs: hosts.flatMap((host) => host.logs),
    secrets: [
      ACCOUNT.password,
      ...world.tokens,
      ...(around === undefined ? [] : [MAIL_USER.password, ...around.tasks.secrets]),
    ],
    peaks: { openFiles: life.hosts.openFilesPeak, ...world.peaks },
    driver: driverFact(verdict, world.service.internalErrors),
    virtualMs: verdict.cost.elapsedMs,
    traceHash: world.trace.traceHash(),
    trace: world.trace.lines(),
  };
}

function historyOf(host: AgentHost): readonly JobRecord[] {
  return [...allJobs(host, "backup"), ...allJobs(host, "delete"), ...allJobs(host, "restore")];
}

/** Every page of a history. */
function allJobs({ agent }: AgentHost, kind: JobKind): readonly JobRecord[] {
  const first = agent.jobs(kind);
  const rows = [...first.rows];
  for (let page = 2; page <= first.pageCount; page += 1) rows.push(...agent.jobs(kind, page).rows);
  return rows;
}

function pcRecord({ around, place, hosts: { pc } }: Life): PcRecord | undefined {
  if (around === undefined) return undefined;
  return {
    ...around.record(),
    ...place.mail.record(),
    backups: allJobs(pc, "backup"),
    deletions: allJobs(pc, "delete"),
    sourceOf: (job) => place.paths.fromHost(job.sourcePath),
  };
}

function driverFact(verdict: Verdict<void>, internalErrors: readonly unknown[]): DriverFact {
  const [internal] = internalErrors;
  if (internal !== undefined) return { kind: "threw", detail: `service: ${errorText(internal)}` };
  if (verdict.kind === "done") return { kind: "done", detail: "" };
  if (verdict.kind === "threw") return { kind: "threw", detail: errorText(verdict.error) };
  return { kind: verdict.kind, detail: verdict.detail };
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Where the disk is no longer as the world left it. */
function foreignDiskChanges({ place: { world, model, scenario, paths } }: Life): string[] {
  const found: string[] = [];
  for (const source of scenario.sources) {
    if (model.at(source) === undefined) continue;
    const snapshot = world.disk.snapshot(paths.toHost(source));
    const facts = model.below(source);
    if (snapshot.size !== facts.size) {
      found.push(`${source} has ${snapshot.size} entries, the world made ${facts.size}`);
    }
    for (const fact of facts.values()) {
      if (fact.kind !== "file" || fact.nameBase64 !== undefined) continue;
      const entry = snapshot.get(paths.toHost(fact.path));
      if (entry === undefined) found.push(`${fact.path} is gone from the disk`);
      else if (sha256(entry.bytes) !== fact.sha256) found.push(`${fact.path} has other bytes`);
    }
  }
  return found;
}

function foreignServiceLosses({ place: { eye }, people: { elsewhere } }: Life): string[] {
  return [...elsewhere].flatMap(([path, digest]) => (eye.digest(path) === digest ? [] : [path]));
}

function foreignServiceWrites({
  place: { eye },
  people: { elsewhere },
  recorders,
}: Life): string[] {
  const places = [...new Set(recorders.backups.runs.map(({ destination }) => `${destination}/`))];
  // A person may have renamed a destination together with what was in it.
  const renamed = places.map((place) => `${place.slice(0, -1)} (renamed)/`);
  const allowed = [...places, ...renamed];
  return eye
    .allFiles()
    .filter((path) => !elsewhere.has(path) && !allowed.some((place) => path.startsWith(place)));
}
