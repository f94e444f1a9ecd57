import type { HostEvent } from "../../ports/host.ts";
import type { Programs } from "../../ports/programs.ts";
import { LOG_LINE_COUNT_MAX } from "./recent-events.ts";

/** The catalogue's names of systemd's and logind's messages. */
const MESSAGES = {
  sleepStart: "6bbd95ee977941e497c48be27c254128",
  sleepStop: "8811e6df2a8e40f58a94cea26f8ebf14",
  shutdown: "98268866d1d54a499c4e98921d93bc40",
  startupFinished: "b07a249cd024414a82dd00cd181378ff",
  sessionStart: "8d45620c1a4348dbb17410da57c60c66",
  sessionStop: "3354939424b4456d9802ca8333ed424a",
} as const;

interface JournalLine {
  readonly atMs: number;
  readonly message: string;
  readonly bootId: string;
  readonly sleep: string;
  readonly sessionId: string;
  readonly userId: string;
}

/**
 * What the journal says about power and about sign-ins of `userName`, up to `toMs`. Empty for a user
 * who may not read the system's journal (neither in `adm` nor in `systemd-journal`).
 */
export async function journalEvents(
  programs: Programs,
  userName: string,
  toMs: number,
): Promise<readonly HostEvent[]> {
  const end = await programs.run({
    program: "journalctl",
    args: [
      "--quiet",
      "--no-pager",
      "--output=json",
      "--output-fields=MESSAGE_ID,SLEEP,SESSION_ID,USER_ID",
      "--reverse",
      `--lines=${LOG_LINE_COUNT_MAX}`,
      `--until=@${Math.ceil(toMs / 1_000)}`,
      ...Object.values(MESSAGES).map((id) => `MESSAGE_ID=${id}`),
    ],
  });
  return end.kind === "ended" && end.exitCode === 0 ? readJournal(end.stdout, userName) : [];
}

/**
 * The events in `journalctl`'s JSON lines, which are newest first; oldest first. Lines of one millisecond keep their
 * order. A start that the journal begins with is told by its end: sessions may begin before.
 */
export function readJournal(text: string, userName: string): readonly HostEvent[] {
  const lines = text
    .split("\n")
    .flatMap((line) => journalLine(line))
    .toReversed()
    .toSorted((a, b) => a.atMs - b.atMs);
  const events: HostEvent[] = [];
  const sessions = new Set<string>();
  let bootId: string | undefined;
  let wentDown = false;
  for (const line of lines) {
    const { atMs } = line;
    if (bootId !== undefined && line.bootId !== bootId) {
      if (!wentDown) events.push({ atMs, kind: "power-loss" });
      events.push({ atMs, kind: "boot" });
      sessions.clear();
      wentDown = false;
    } else if (line.message === MESSAGES.startupFinished && line.bootId === lines[0]?.bootId) {
      events.unshift({ atMs: lines[0].atMs, kind: "boot" });
    }
    bootId = line.bootId;
    if (line.message === MESSAGES.shutdown) wentDown = true;
    const kind = kindOf(line, userName, sessions);
    if (kind !== undefined) events.push({ atMs, kind });
  }
  return events;
}

/** `sessions` are those of the user that are open; the first signs him in, the last one out. */
function kindOf(
  { message, sleep, sessionId, userId }: JournalLine,
  userName: string,
  sessions: Set<string>,
): HostEvent["kind"] | undefined {
  switch (message) {
    case MESSAGES.sleepStart:
      // Of the mixed kinds a PC wakes up by itself to hibernate, if it does at all.
      return sleep === "hibernate" ? "hibernate" : "sleep";
    case MESSAGES.sleepStop:
      return "wake";
    case MESSAGES.shutdown:
      return "shutdown";
    case MESSAGES.sessionStart: {
      if (userId !== userName) return undefined;
      sessions.add(sessionId);
      return sessions.size === 1 ? "sign-in" : undefined;
    }
    case MESSAGES.sessionStop:
      return sessions.delete(sessionId) && sessions.size === 0 ? "sign-out" : undefined;
    default:
      return undefined;
  }
}

function journalLine(text: string): readonly JournalLine[] {
  if (text.trim() === "") return [];
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return [];
  }
  // What is not text is in bytes, and none of these.
  const field = (name: string): string => {
    const value = fields[name];
    return typeof value === "string" ? value : "";
  };
  const atMs = Math.floor(Number(field("__REALTIME_TIMESTAMP")) / 1_000);
  if (!Number.isFinite(atMs)) return [];
  return [
    {
      atMs,
      message: field("MESSAGE_ID"),
      bootId: field("_BOOT_ID"),
      sleep: field("SLEEP"),
      sessionId: field("SESSION_ID"),
      userId: field("USER_ID"),
    },
  ];
}
