import type { HostEvent } from "../../ports/host.ts";

/** The providers of the System log and their events that tell of power and of sign-in. */
const WATCHED: Readonly<Record<string, readonly number[]>> = {
  "Microsoft-Windows-Kernel-Power": [41, 42, 107, 506, 507],
  "Microsoft-Windows-Kernel-General": [12, 13],
  "Microsoft-Windows-Kernel-Boot": [27],
  "Microsoft-Windows-Power-Troubleshooter": [1],
  EventLog: [6005, 6006, 6008],
  "Microsoft-Windows-Winlogon": [7001, 7002],
};

/** Events that tell of one start or one shutdown are written within such a time. */
const ONE_PASSAGE_MS = 10 * 60_000;

/** SYSTEM_POWER_STATE: the target of a transition into hibernation. */
const HIBERNATE_STATE = "5";
/** The reason "hibernate from sleep": the target is the sleep it comes from. */
const HIBERNATE_REASON = "6";
/** BootType: back from a shutdown by Fast Startup, which hibernates the kernel; from hibernation. */
const FAST_STARTUP = "0x1";
const RESUME = "0x2";

/** The query for them up to a moment, as `wevtutil qe /q:` takes it. */
export function windowsEventQuery(toMs: number): string {
  const providers = Object.entries(WATCHED).map(([name, ids]) => {
    const anyId = ids.map((id) => `EventID=${id}`).join(" or ");
    return `(Provider[@Name='${name}'] and (${anyId}))`;
  });
  const until = new Date(toMs).toISOString();
  return `*[System[TimeCreated[@SystemTime<='${until}'] and (${providers.join(" or ")})]]`;
}

interface LogEvent {
  readonly provider: string;
  readonly id: number;
  readonly atMs: number;
  data(name: string): string | undefined;
}

/**
 * The events in `wevtutil`'s XML, oldest first. Sign-ins are those of the user with `userSid`; of
 * everybody when it is not known. One start or shutdown, of which several providers tell, is one.
 */
export function readWindowsEvents(xml: string, userSid: string | undefined): readonly HostEvent[] {
  const log = [...xml.matchAll(/<Event[ >].*?<\/Event>/gs)].map(([text]) => logEvent(text));
  const found = log.filter(({ atMs }) => Number.isFinite(atMs)).toSorted((a, b) => a.atMs - b.atMs);
  const sleeps = found.filter(isTroubleshooter).map((event) => ({
    fromMs: Date.parse(event.data("SleepTime") ?? ""),
    toMs: Date.parse(event.data("WakeTime") ?? ""),
  }));
  const events = found
    // Written on waking, before the clock is set right: the troubleshooter knows the real moment.
    .filter(
      ({ id, atMs }) =>
        id !== 107 || !sleeps.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs),
    )
    .flatMap((event) => hostEvents(event, userSid));
  return onceEach(withFastStartup(events, found));
}

function logEvent(text: string): LogEvent {
  return {
    provider: /<Provider [^>]*?Name=['"]([^'"]*)/.exec(text)?.[1] ?? "",
    id: Number(/<EventID[^>]*>(\d+)/.exec(text)?.[1]),
    atMs: Date.parse(/SystemTime=['"]([^'"]*)/.exec(text)?.[1] ?? ""),
    data: (name) => new RegExp(`<Data Name=['"]${name}['"]>([^<]*)`).exec(text)?.[1]?.trim(),
  };
}

function isTroubleshooter({ provider }: LogEvent): boolean {
  return provider === "Microsoft-Windows-Power-Troubleshooter";
}

function hostEvents(event: LogEvent, userSid: string | undefined): readonly HostEvent[] {
  const { provider, id, atMs } = event;
  const one = (kind: HostEvent["kind"], when = atMs): readonly HostEvent[] => [
    { atMs: Math.floor(when), kind },
  ];
  switch (`${provider.replace("Microsoft-Windows-", "")} ${id}`) {
    case "Kernel-Power 42":
      return one(isHibernation(event) ? "hibernate" : "sleep");
    case "Kernel-Power 506":
      return one("sleep");
    case "Kernel-Power 107":
    case "Kernel-Power 507":
      return one("wake");
    case "Power-Troubleshooter 1": {
      const wokeMs = Date.parse(event.data("WakeTime") ?? "");
      return one("wake", Number.isNaN(wokeMs) ? atMs : wokeMs);
    }
    case "Kernel-Power 41":
    case "EventLog 6008":
      return one("power-loss");
    case "Kernel-General 12":
    case "EventLog 6005":
      return one("boot");
    case "Kernel-Boot 27":
      return one(event.data("BootType") === RESUME ? "wake" : "boot");
    case "Kernel-General 13":
    case "EventLog 6006":
      return one("shutdown");
    case "Winlogon 7001":
      return isOf(event, userSid) ? one("sign-in") : [];
    case "Winlogon 7002":
      return isOf(event, userSid) ? one("sign-out") : [];
    default:
      return [];
  }
}

function isHibernation(event: LogEvent): boolean {
  return event.data("TargetState") === HIBERNATE_STATE || event.data("Reason") === HIBERNATE_REASON;
}

function isOf(event: LogEvent, userSid: string | undefined): boolean {
  return userSid === undefined || event.data("UserSid") === userSid;
}

/** The hibernation out of which Fast Startup comes was a person's shutdown. */
function withFastStartup(
  events: readonly HostEvent[],
  log: readonly LogEvent[],
): readonly HostEvent[] {
  const changed = [...events];
  for (const boot of log) {
    if (boot.id !== 27 || boot.data("BootType") !== FAST_STARTUP) continue;
    const index = changed.findLastIndex(
      ({ kind, atMs }) => atMs < boot.atMs && (kind === "hibernate" || kind === "shutdown"),
    );
    const event = changed[index];
    if (event !== undefined) changed[index] = { ...event, kind: "shutdown" };
  }
  return changed;
}

/** Each start, shutdown and power loss once; the loss, which is noticed after the start, before it. */
function onceEach(events: readonly HostEvent[]): readonly HostEvent[] {
  const kept: HostEvent[] = [];
  for (const event of events.toSorted((a, b) => a.atMs - b.atMs)) {
    const isClose = ({ atMs }: HostEvent): boolean => event.atMs - atMs < ONE_PASSAGE_MS;
    const isPower = ["boot", "shutdown", "power-loss"].includes(event.kind);
    const lastPower = kept.findLastIndex(({ kind }) => !kind.startsWith("sign-"));
    const passage = kept.slice(0, lastPower + 1).filter(isClose);
    if (event.kind === "power-loss") {
      const bootIndex = kept.findLastIndex((one) => one.kind === "boot" && isClose(one));
      const boot = kept[bootIndex];
      if (passage.some(({ kind }) => kind === "power-loss")) continue;
      if (boot !== undefined) {
        kept.splice(bootIndex, 0, { ...boot, kind: "power-loss" });
        continue;
      }
    }
    // Between two starts there is a shutdown, so only repetitions follow their own kind directly.
    if (isPower && kept[lastPower]?.kind === event.kind && isClose(kept[lastPower])) continue;
    kept.push(event);
  }
  return kept;
}
