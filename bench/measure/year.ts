import { posix } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { Agent } from "../../src/agent/agent.ts";
import { NodeClock } from "../../src/agent/adapters/node-clock.ts";
import { NodeDisk, type NodeDiskFs } from "../../src/agent/adapters/node-disk.ts";
import { NodeTargetDisk, type NodeTargetFs } from "../../src/agent/adapters/node-target-disk.ts";
import { SmtpMailer } from "../../src/agent/adapters/smtp-mailer.ts";
import { DEFAULT_TUNING } from "../../src/agent/tuning.ts";
import { SimPc } from "../../src/sim-server/host/sim-pc.ts";
import { MAIL_HOST, World } from "../../src/sim-server/world.ts";
import { ownTool, printFigure, say } from "../support/figure.ts";

/** What the year is made of. */
export interface YearPlan {
  readonly dayCount: number;
  readonly fileCount: number;
}

/** Files that change from one day to the next. */
const CHANGED_FILE_COUNT = 5;
/** Every so many days the service answers 503 all night, so that the day's backup fails and a mail goes out. */
const FAILING_EVERY_DAYS = 10;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Midnight in Tokyo. */
const START_MS = Date.UTC(2025, 11, 31, 15);
const AT_3 = { weekdays: [0, 1, 2, 3, 4, 5, 6], minuteOfDay: 180 };
const PASSWORD = "open sesame";

/** What a year left behind, to see that it was lived. */
interface YearEnd {
  readonly jobCount: number;
  readonly failedJobCount: number;
  readonly mailCount: number;
  readonly sentFileCount: number;
}

/**
 * A simulated year of daily backups: the shipped agent holds its schedule on a simulated PC, with
 * service, disk and mail server of the simulation. Prints how long it took, and virtual to real time.
 */
export async function measureYear(plan: YearPlan, runCount: number): Promise<void> {
  const seconds: number[] = [];
  let details: YearEnd | undefined;
  for (let run = 0; run < runCount; run += 1) {
    say(`year: ${plan.dayCount} days, run ${run + 1} of ${runCount}`);
    // Taken before virtual time rules the process.
    const stopwatch = performance.now.bind(performance);
    const startedAtMs = stopwatch();
    details = await liveYear(plan);
    seconds.push((stopwatch() - startedAtMs) / 1000);
    checkYear(plan, details);
  }
  const virtualSeconds = (plan.dayCount * DAY_MS) / 1000;
  const figure = { tool: ownTool("azukeru-sim"), details: { ...plan, ...details } };
  printFigure({ ...figure, name: "year-seconds", unit: "s", values: seconds });
  printFigure({
    ...figure,
    name: "year-virtual-to-real",
    unit: "ratio",
    values: seconds.map((value) => virtualSeconds / value),
  });
}

function failingDays({ dayCount }: YearPlan): number {
  return Math.floor((dayCount + FAILING_EVERY_DAYS - 1) / FAILING_EVERY_DAYS);
}

function checkYear(plan: YearPlan, end: YearEnd): void {
  const failed = failingDays(plan);
  if (end.jobCount !== plan.dayCount || end.failedJobCount !== failed || end.mailCount !== failed) {
    throw new Error(`the year did not go as planned: ${JSON.stringify(end)}`);
  }
}

async function liveYear(plan: YearPlan): Promise<YearEnd> {
  using world = new World({
    seed: 1,
    startMs: START_MS,
    accounts: [{ loginId: "taro", password: PASSWORD, nickname: "太郎" }],
    mail: { accounts: [{ user: "taro", password: PASSWORD }] },
    keepLines: 0,
  });
  const database = new DatabaseSync(":memory:");
  const agent = openAgent(world, database);
  const verdict = await world.driver.run(() => live(world, agent, plan), {
    virtualLimitMs: (plan.dayCount + 2) * DAY_MS,
    eventBudget: Infinity,
  });
  database.close();
  if (verdict.kind === "done") return verdict.value;
  throw new Error(`the year ended with ${JSON.stringify(verdict)}`, {
    cause: verdict.kind === "threw" ? verdict.error : undefined,
  });
}

function openAgent(world: World, database: DatabaseSync): Agent {
  const pc = new SimPc({ kind: "macos", clock: world.clock, zone: "Asia/Tokyo" });
  const fs = world.disk.createFs();
  const clock = new NodeClock();
  const dialer = world.network.dialer("pc");
  return Agent.open(
    {
      clock,
      dialer,
      database,
      host: pc.host("person"),
      entropy: world.entropy("agent"),
      disk: new NodeDisk({ fs: fs.promises as unknown as NodeDiskFs, path: posix }),
      targetDisk: new NodeTargetDisk({
        fs: fs.promises as unknown as NodeTargetFs,
        path: posix,
      }),
      memory: world.memory.createProcess(),
      mailer: new SmtpMailer({ clock, dialer, tuning: DEFAULT_TUNING }),
      log: { write: () => undefined },
    },
    { homePath: "/home/user/.azukeru", defaultDeviceName: "pc" },
  );
}

async function live(world: World, agent: Agent, plan: YearPlan): Promise<YearEnd> {
  for (let index = 0; index < plan.fileCount; index += 1) writeFile(world, index, 0);
  await agent.account.login({ serviceUrl: world.serviceUrl, loginId: "taro", password: PASSWORD });
  await agent.sources.add("/home/user/docs");
  const server = { host: MAIL_HOST, user: "taro", password: PASSWORD, secure: true };
  agent.mail.set({ ...server, from: "pc@example.com", to: ["taro@example.com"] });
  await agent.mail.test();
  agent.mail.confirm();
  world.mail.mailbox.clear();
  agent.schedule.set(AT_3);
  await agent.schedule.start();
  for (let day = 0; day < plan.dayCount; day += 1) {
    if (day % FAILING_EVERY_DAYS === 0) {
      world.service.faults.add({ kind: "status", status: 503, times: "forever" });
    }
    await world.clock.wait(12 * HOUR_MS);
    world.service.faults.clear();
    for (let nth = 0; nth < CHANGED_FILE_COUNT; nth += 1) {
      writeFile(world, (day * CHANGED_FILE_COUNT + nth) % plan.fileCount, day + 1);
    }
    await world.clock.wait(12 * HOUR_MS);
  }
  await agent.close();
  return yearEnd(world, agent);
}

function writeFile(world: World, index: number, day: number): void {
  const folder = `/home/user/docs/${String(Math.floor(index / 20)).padStart(2, "0")}`;
  world.disk.write(`${folder}/${index}.txt`, `file ${index} as of day ${day}\n`.repeat(40));
}

function yearEnd(world: World, agent: Agent): YearEnd {
  const first = agent.history.jobs("backup");
  const pages = Array.from({ length: first.pageCount }, (_, index) =>
    agent.history.jobs("backup", index + 1),
  );
  const jobs = pages.flatMap(({ rows }) => rows);
  return {
    jobCount: jobs.length,
    failedJobCount: jobs.filter(({ status }) => status !== "completed").length,
    mailCount: world.mail.mailbox.list().length,
    sentFileCount: jobs.reduce((sum, job) => sum + job.transferredFileCount, 0),
  };
}
