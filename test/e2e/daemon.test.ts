import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test, vi } from "vitest";

import { NodeClock } from "../../src/agent/adapters/node-clock.ts";
import { NodeDialer } from "../../src/agent/adapters/node-dialer.ts";
import { NodeDisk } from "../../src/agent/adapters/node-disk.ts";
import { NodeTargetDisk } from "../../src/agent/adapters/node-target-disk.ts";
import { SmtpMailer } from "../../src/agent/adapters/smtp-mailer.ts";
import { Agent } from "../../src/agent/agent.ts";
import { FakeHost } from "../../src/agent/testing/fake-host.ts";
import { DEFAULT_TUNING } from "../../src/agent/tuning.ts";
import { AgentHome, outputLines, type OutputLine } from "./support/agent-home.ts";
import type { RunningCommand } from "./support/own-command.ts";
import { startService, type ServiceProcess } from "./support/service-process.ts";
import { AMPLE_MEMORY } from "../../src/agent/testing/ample-memory.ts";

const MAIL_CA = fileURLToPath(new URL("../../fixtures/tls/mail-ca-cert.pem", import.meta.url));
const MINUTE_MS = 60_000;
/** Time enough to start some commands on a busy machine before the slot that they set comes. */
const LEAD_MS = 30_000;
/** What has not come by then does not come. */
const WAIT_MS_MAX = 10 * MINUTE_MS;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** Service and mail server on real ports, and a folder with two sources. */
async function world(): Promise<{ service: ServiceProcess; folder: string; sources: string[] }> {
  const cleanup = new AsyncDisposableStack();
  onTestFinished(() => cleanup.disposeAsync());
  const folder = mkdtempSync(join(tmpdir(), "azukeru-daemon-"));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  const service = cleanup.use(await startService(["--smtp-port", "0", "--smtp-auth"]));
  const sources = ["one", "two"].map((name) => join(folder, name));
  for (const source of sources) {
    mkdirSync(source);
    writeFileSync(join(source, "a.txt"), "content");
  }
  return { service, folder, sources };
}

function mailServer({ access }: ServiceProcess): {
  host: string;
  port: number;
  user: string;
  password: string;
} {
  const { host, smtpPort: port, account } = access.mail ?? {};
  if (host === undefined || typeof port !== "number" || account === undefined) {
    throw new Error("no mail server");
  }
  return { host, port, user: account.user, password: account.password };
}

/** `HH:MM` of the next minute that is far enough away for a daemon to be there. */
function soon(): { readonly at: string; readonly inMs: number } {
  const slotMs = Math.ceil((Date.now() + LEAD_MS) / MINUTE_MS) * MINUTE_MS;
  const at = new Date(slotMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return { at: `${two(at.getHours())}:${two(at.getMinutes())}`, inMs: slotMs - Date.now() };
}

/** The lines of a daemon that still runs. */
class Daemon {
  readonly command: RunningCommand;
  #out = "";

  constructor(home: AgentHome) {
    this.command = home.start(["daemon", "--json"]);
    this.command.process.stdout?.on("data", (text: string) => (this.#out += text));
    onTestFinished(() => this.command.kill());
  }

  /** Resolves to the first line of a type, with these members. */
  line(type: string, members: Readonly<Record<string, unknown>> = {}): Promise<OutputLine> {
    return vi.waitFor(
      () => {
        const whole = this.#out.slice(0, this.#out.lastIndexOf("\n") + 1);
        const found = outputLines(whole).find(
          (line) =>
            line.type === type &&
            Object.entries(members).every(([name, value]) => line[name] === value),
        );
        if (found === undefined) throw new Error(`no ${type} in ${whole}`);
        return found;
      },
      { timeout: WAIT_MS_MAX, interval: 200 },
    );
  }
}

async function rows(home: AgentHome): Promise<readonly string[]> {
  const lines = await home.mustRun(["history", "--lang", "ja"]);
  return lines
    .filter(({ type }) => type === "job")
    .map(
      (line) =>
        `${String(line["sourcePath"]).split("/").at(-1)} ${String(line["statusLabel"])} ${(line["causes"] as { id: string }[]).map(({ id }) => id).join(",")}`,
    )
    .toSorted();
}

test("a daemon killed in a slot leaves a row for every source, and the next one sends one mail", async () => {
  const { service, folder, sources } = await world();
  const home = await AgentHome.create(join(folder, "home"), service.access, sources, {
    NODE_EXTRA_CA_CERTS: MAIL_CA,
  });
  const { host, port, user, password } = mailServer(service);
  const server = ["--server", host, "--port", String(port), "--user", user];
  const addresses = ["--from", "pc@example.com", "--to", "taro@example.com"];
  await home.mustRun(["mail", "set", ...server, ...addresses], { AZUKERU_PASSWORD: password });
  await home.mustRun(["mail", "test"]);
  await home.mustRun(["mail", "confirm"]);
  await service.throwMailsAway();
  await service.inject({ kind: "never-answer", times: "forever" });
  const killed = new Daemon(home);
  await killed.line("daemon", { event: "started", at: null });

  const { at, inMs } = soon();
  await home.mustRun(["schedule", "set", "--at", at]);
  await killed.line("daemon", { event: "changed", at });
  expect((await home.run(["daemon"])).exitCode).toBe(1);
  expect((await home.run(["daemon", "--from-task"])).exitCode).toBe(0);
  await sleep(inMs);
  await killed.line("job-started");
  expect((await home.run(["capacity"])).exitCode).toBe(1);
  await killed.command.kill();
  await service.clearFaults();

  const next = new Daemon(home);
  await next.line("mail-try", { outcome: "sent" });
  next.command.process.kill("SIGTERM");
  expect(await next.command.ended).toMatchObject({ exitCode: 0 });

  expect(await rows(home)).toEqual(["one 未完了（不慮の事態） B-UX-7,B-UX-8", "two 未実行 B-NR-1"]);
  const mails = await service.mails(2, 1);
  expect(mails).toMatchObject([{ tls: true }]);
  expect(mails[0]?.subject).toContain("未完了（不慮の事態）、未実行");
});

test("interrupt and logout of other processes reach the backup of the daemon's slot", async () => {
  const { service, folder, sources } = await world();
  await service.inject({ kind: "never-answer", operation: "getFolder", times: "forever" });
  await service.inject({ kind: "never-answer", operation: "batchUpload", times: "forever" });
  const homes: AgentHome[] = [];
  for (const name of ["interrupt", "logout"]) {
    homes.push(await AgentHome.create(join(folder, name), service.access, sources));
  }
  const daemons = homes.map((home) => new Daemon(home));
  for (const daemon of daemons) await daemon.line("daemon", { event: "started" });
  const { at, inMs } = soon();
  for (const home of homes) await home.mustRun(["schedule", "set", "--at", at]);
  await sleep(inMs);
  for (const daemon of daemons) await daemon.line("job-started");

  const [interrupted, loggedOut] = homes;
  const [answer] = (await interrupted?.mustRun(["backup", "interrupt"])) ?? [];
  expect(answer).toMatchObject({ outcome: "interrupted" });
  const [left] = (await loggedOut?.mustRun(["logout"])) ?? [];
  expect(left).toMatchObject({ wasLoggedIn: true });
  for (const daemon of daemons) await daemon.line("job-ended");
  await daemons[1]?.line("daemon", { event: "changed", loginId: null });

  await vi.waitFor(async () => {
    expect(interrupted && (await rows(interrupted))).toEqual([
      "one 未完了（中断） B-INT-1",
      "two 未完了（中断） B-INT-1",
    ]);
    expect(loggedOut && (await rows(loggedOut))).toEqual([
      "one 未完了（中断） B-INT-2",
      "two 未実行 B-NR-2",
    ]);
  }, WAIT_MS_MAX);
  for (const { command } of daemons) command.process.kill("SIGTERM");
  for (const { command } of daemons) expect(await command.ended).toMatchObject({ exitCode: 0 });
});

test("a slot before a service that is out of order ends 未完了（通信エラー） and sends one mail behind TLS", async () => {
  const { service, folder, sources } = await world();
  const before = getCACertificates();
  setDefaultCACertificates([...before, readFileSync(MAIL_CA, "utf8")]);
  onTestFinished(() => setDefaultCACertificates(before));
  const clock = new NodeClock();
  // The next minute begins in two seconds.
  const offsetMs = MINUTE_MS - 2_000 - (Date.now() % MINUTE_MS);
  clock.nowMs = () => Date.now() + offsetMs;
  const host = new FakeHost();
  host.zoneName = "UTC";
  host.events = [{ atMs: 0, kind: "boot" }];
  const dialer = new NodeDialer();
  const tuning = { ...DEFAULT_TUNING, retryBudgetMs: 1_500, retryDelayMs: 100 };
  const agent = Agent.open(
    {
      clock,
      host,
      dialer,
      entropy: { random: () => 0.5 },
      disk: new NodeDisk(),
      targetDisk: new NodeTargetDisk(),
      memory: AMPLE_MEMORY,
      mailer: new SmtpMailer({ clock, dialer, tuning }),
      log: { write: () => undefined },
      database: new DatabaseSync(":memory:"),
    },
    { homePath: join(folder, "home"), defaultDeviceName: "pc", tuning },
  );
  onTestFinished(() => agent.close());
  const { loginId, password } = service.access.account;
  await agent.account.login({ serviceUrl: service.access.service, loginId, password });
  for (const source of sources) await agent.sources.add(source);
  const from = "pc@example.com";
  agent.mail.set({ ...mailServer(service), secure: true, from, to: ["taro@example.com"] });
  await agent.mail.test();
  agent.mail.confirm();
  await service.throwMailsAway();
  await service.inject({ kind: "status", status: 503, times: "forever" });
  const now = new Date(clock.nowMs());
  const minuteOfDay = (now.getUTCHours() * 60 + now.getUTCMinutes() + 1) % 1_440;
  agent.schedule.set({ weekdays: EVERY_DAY, minuteOfDay });

  await agent.schedule.start();
  const mails = await service.mails(1, 40);

  expect(mails).toMatchObject([{ tls: true, recipients: ["taro@example.com"] }]);
  expect(mails[0]?.subject).toContain("未完了（通信エラー）");
  expect(agent.history.jobs("backup").rows.map(({ status }) => status)).toEqual([
    "communication-error",
    "communication-error",
  ]);
  expect(agent.history.jobs("backup").rows.every(({ trigger }) => trigger === "schedule")).toBe(
    true,
  );
  expect(agent.mail.outbox().mails).toEqual([]);
  expect(await service.mails(2, 1)).toHaveLength(1);
});
