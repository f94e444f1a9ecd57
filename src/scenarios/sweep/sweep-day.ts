import type { AgentApi } from "../../agent/agent-api.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import { MAIL_HOST, World } from "../../sim-server/world.ts";
import type { StoredMail } from "../../sim-server/smtp/stored-mail.ts";
import { ProcessGoneError } from "../simulation/process/process-boundary.ts";
import { IoPoints, type IoPoint } from "./io-points.ts";
import { SweepPc, type CrashFact, type CrashKind } from "./sweep-pc.ts";
import { EVERY_DAY } from "../scenario/pc.ts";

/** The days there are: a backup alone; and one with deletions, before a restore by hand. */
export const DAY_NAMES = ["backup", "restore-and-delete"] as const;

/** One of {@link DAY_NAMES}. */
export type DayName = (typeof DAY_NAMES)[number];

/** Which day is lived through, and where it is cut. */
export interface DayOptions {
  readonly day: DayName;
  /** At which point, from 1. Absent: nowhere. */
  readonly crash?: { readonly point: number; readonly kind: CrashKind };
}

/** What is left of a day, the night of the crash and the calm day after it. */
export interface DayRecord {
  /** Every point that was counted. */
  readonly points: readonly IoPoint[];
  readonly struck: IoPoint | undefined;
  readonly crash: CrashFact | undefined;
  /** Why the day did not come to its end; undefined when it did. */
  readonly trouble: string | undefined;
  /** Settings that a person was told are changed. */
  readonly acknowledged: readonly string[];
  readonly deviceName: string;
  readonly jobs: readonly JobRecord[];
  readonly mails: readonly StoredMail[];
  readonly waitingMailCount: number;
  readonly openSlotCount: number;
  /** Notes of uploads and of restores' leftovers. */
  readonly noteCount: number;
  /** Files of the sources and, by the same paths, of their destinations: path to bytes in base64. */
  readonly onDisk: ReadonlyMap<string, string>;
  readonly stored: ReadonlyMap<string, string>;
  /** Files of the sources as they were backed up the afternoon before. */
  readonly backedUp: ReadonlyMap<string, string>;
  /** Files of the sources as a person left them. */
  readonly intended: ReadonlyMap<string, string>;
  /** Below the restore's target, at the crash and at the end. */
  readonly targetAtCrash: ReadonlyMap<string, string> | undefined;
  readonly target: ReadonlyMap<string, string>;
  /** What stood in the target before the restore. */
  readonly targetBefore: ReadonlyMap<string, string>;
}

/** The slot: 2026-11-21, 03:00 in Tokyo. */
const SLOT_MS = 1_795_197_600_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SLOT_MINUTE_OF_DAY = 3 * 60;

const ACCOUNT = { loginId: "user01", password: "correct horse battery staple" } as const;
const RECIPIENT = "taro@mail.example";
/** What a person calls his PC from that night on. */
export const NEW_DEVICE_NAME = "PC-2";

/** The two sources; the second one's deletion waits for the first one's. */
const SOURCES = ["/home/me/docs", "/home/me/pictures"] as const;
const TARGET = "/home/me/restored";
const UNREADABLE = "/home/me/docs/locked.txt";

/** Longer than the two days it takes. */
const VIRTUAL_LIMIT_MS = 5 * DAY_MS;

/** Lives one day through: a calm afternoon, the night of the slot, and the day after it. */
export async function liveDay(options: DayOptions): Promise<DayRecord> {
  let life: SweepLife | undefined;
  using world = new World({
    seed: "sweep",
    startMs: SLOT_MS - 12 * HOUR_MS,
    accounts: [ACCOUNT],
    keepLines: 0,
    beforePassing: (owner, place, direction) => life?.passing(owner, place, direction),
  });
  life = new SweepLife(world, options);
  const current = life;
  try {
    const verdict = await world.driver.run(() => current.live(), {
      virtualLimitMs: VIRTUAL_LIMIT_MS,
    });
    const trouble =
      verdict.kind === "done"
        ? undefined
        : verdict.kind === "threw"
          ? String(verdict.error instanceof Error ? verdict.error.stack : verdict.error)
          : `${verdict.kind}: ${verdict.detail}`;
    return life.record(trouble);
  } finally {
    life.dispose();
  }
}

class SweepLife {
  readonly #world: World;
  readonly #day: DayName;
  readonly #points: IoPoints;
  readonly #pc: SweepPc;
  readonly #acknowledged: string[] = [];
  #targetAtCrash: ReadonlyMap<string, string> | undefined;
  #targetBefore: ReadonlyMap<string, string> = new Map();
  #backedUp: ReadonlyMap<string, string> = new Map();
  #intended: ReadonlyMap<string, string> = new Map();

  constructor(world: World, { day, crash }: DayOptions) {
    this.#world = world;
    this.#day = day;
    this.#points = new IoPoints(crash?.point ?? 0, () => {
      this.#pc.crash(crash?.kind ?? "kill");
      this.#targetAtCrash = this.#filesBelow(TARGET);
    });
    this.#pc = new SweepPc(world, this.#points);
  }

  passing(owner: string, place: string, direction: string): void {
    if (this.#pc.owns(owner)) this.#points.reach("network", `${direction} ${place}`);
  }

  async live(): Promise<void> {
    await this.#setUp();
    await this.#until(SLOT_MS - 10 * MINUTE_MS);
    this.#points.begin();
    this.#pc.start(true);
    await this.#until(SLOT_MS - 5 * MINUTE_MS);
    this.#changeSettings();
    await this.#until(SLOT_MS + 10 * MINUTE_MS);
    if (this.#day === "restore-and-delete") void this.#restore("the restore of the night");
    await this.#until(SLOT_MS + 30 * MINUTE_MS);
    this.#points.end();
    await this.#until(SLOT_MS + 7 * HOUR_MS);
    this.#world.disk.setAccess(UNREADABLE, "read-write");
    await this.#until(SLOT_MS + DAY_MS + HOUR_MS);
    if (this.#day === "restore-and-delete") await this.#restore("a calm restore");
    await this.#until(SLOT_MS + DAY_MS + 9 * HOUR_MS);
    await this.#pc.close();
  }

  record(trouble: string | undefined): DayRecord {
    const database = this.#pc.look();
    const count = (table: string): number =>
      Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"]);
    const agent = this.#pc.start(false);
    return {
      points: this.#points.passed,
      struck: this.#points.struck,
      crash: this.#pc.crashFact,
      trouble,
      acknowledged: this.#acknowledged,
      deviceName: agent.settings().deviceName,
      jobs: (["backup", "delete", "restore"] as const).flatMap((kind) => agent.jobs(kind).rows),
      mails: this.#world.mail.mailbox.list(),
      waitingMailCount: count("outbox"),
      openSlotCount: count("slot"),
      noteCount: count("pending_upload") + count("restore_leftover"),
      onDisk: this.#sourceFiles(),
      stored: this.#storedFiles(agent),
      backedUp: this.#backedUp,
      intended: this.#intended,
      targetAtCrash: this.#targetAtCrash,
      target: this.#filesBelow(TARGET),
      targetBefore: this.#targetBefore,
    };
  }

  dispose(): void {
    this.#pc.dispose();
  }

  /** The afternoon before: everything is set, and what is there has been backed up once. */
  async #setUp(): Promise<void> {
    const { disk, serviceUrl } = this.#world;
    const random = this.#world.entropy("files");
    const write = (path: string, sizeBytes: number): void =>
      disk.write(path, random.bytes(sizeBytes), {
        modifiedAtNs: BigInt(this.#world.clock.nowMs() - HOUR_MS) * 1_000_000n,
      });
    for (const name of ["old-1", "old-2", "old-3"]) write(`/home/me/docs/${name}.txt`, 300);
    write("/home/me/docs/folder/old-4.txt", 300);
    write("/home/me/pictures/old-5.txt", 300);
    write("/home/me/pictures/old-6.txt", 300);
    write(UNREADABLE, 100);
    disk.mkdir(TARGET);
    const agent = this.#pc.start(false);
    await agent.login({ serviceUrl, ...ACCOUNT });
    for (const source of SOURCES) await agent.addSource(source);
    agent.changeSettings({ compareDelete: this.#day === "restore-and-delete" });
    agent.setSchedule({ weekdays: EVERY_DAY, minuteOfDay: SLOT_MINUTE_OF_DAY });
    const mail = { host: MAIL_HOST, port: 25, secure: false, user: "", password: "" };
    agent.setMail({ ...mail, from: "pc@mail.example", to: [RECIPIENT] });
    await agent.testMail();
    agent.confirmMail();
    await agent.runBackup();
    await this.#pc.close();
    this.#world.mail.mailbox.clear();
    this.#backedUp = this.#sourceFiles();
    // The day's work: each way of sending, something that cannot be read, and what is gone.
    await this.#until(SLOT_MS - 6 * HOUR_MS);
    for (const name of ["new-1", "new-2"]) write(`/home/me/docs/${name}.txt`, 200);
    write("/home/me/docs/old-1.txt", 310);
    write("/home/me/docs/middling.bin", 3_000);
    write("/home/me/docs/zz-large.bin", 10_000);
    write("/home/me/pictures/new-3.txt", 250);
    disk.mkdir("/home/me/docs/empty");
    write(UNREADABLE, 120);
    disk.setAccess(UNREADABLE, "none");
    if (this.#day === "restore-and-delete") {
      disk.remove("/home/me/docs/old-2.txt");
      disk.remove("/home/me/docs/folder");
      disk.remove("/home/me/pictures/old-5.txt");
      disk.write(`${TARGET}/old-1.txt`, "what stood here before");
      disk.write(`${TARGET}/beside.txt`, "nobody restores this");
    }
    this.#targetBefore = this.#filesBelow(TARGET);
    this.#intended = this.#sourceFiles();
    await this.#until(SLOT_MS - HOUR_MS);
  }

  /** What a person does in the window; he is told of the change when the call returns. */
  #changeSettings(): void {
    const { agent } = this.#pc;
    if (agent === undefined) return;
    try {
      agent.changeSettings({ deviceName: NEW_DEVICE_NAME });
      this.#acknowledged.push("deviceName");
    } catch (error) {
      if (!(error instanceof ProcessGoneError)) throw error;
    }
  }

  async #restore(what: string): Promise<void> {
    const { agent } = this.#pc;
    if (agent === undefined) return;
    try {
      await agent.restore({ from: SOURCES[0], to: TARGET, onConflict: "overwrite" });
      this.#acknowledged.push(what);
    } catch (error) {
      if (this.#pc.agent === agent) throw error;
    }
  }

  async #until(wallMs: number): Promise<void> {
    const { clock } = this.#world;
    const leftMs = wallMs - clock.nowMs();
    if (leftMs > 0) await clock.wait(leftMs);
  }

  #sourceFiles(): Map<string, string> {
    return new Map(SOURCES.flatMap((source) => [...this.#filesBelow(source, source)]));
  }

  #filesBelow(folder: string, prefix = ""): Map<string, string> {
    const files = new Map<string, string>();
    for (const [path, entry] of this.#world.disk.snapshot(folder)) {
      if (entry.kind !== "file") continue;
      files.set(prefix + path.slice(folder.length), Buffer.from(entry.bytes).toString("base64"));
    }
    return files;
  }

  #storedFiles(agent: AgentApi): Map<string, string> {
    const explorer = this.#world.service.explorer(ACCOUNT.loginId);
    const files = new Map<string, string>();
    for (const { path, destination } of agent.sources()) {
      for (const entry of explorer.list(destination.split("/"))) {
        if (entry.kind !== "file") continue;
        const bytes = explorer.read(entry.path.split("/"));
        files.set(path + entry.path.slice(destination.length), bytes.toString("base64"));
      }
    }
    return files;
  }
}
