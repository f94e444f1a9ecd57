import type { PcLogEvent } from "./sim-host.ts";

/** The names under which systemd's catalogue has what its journal tells of power and of sessions. */
const MESSAGE_IDS = {
  sleepStart: "6bbd95ee977941e497c48be27c254128",
  sleepStop: "8811e6df2a8e40f58a94cea26f8ebf14",
  shutdown: "98268866d1d54a499c4e98921d93bc40",
  startupFinished: "b07a249cd024414a82dd00cd181378ff",
  sessionStart: "8d45620c1a4348dbb17410da57c60c66",
  sessionStop: "3354939424b4456d9802ca8333ed424a",
} as const;

/** What the screen on which people sign in runs as. */
const GREETER = { USER_ID: "gdm", SESSION_ID: "c1" } as const;

type Fields = Readonly<Record<string, string>>;

/**
 * What `journalctl --output=json --reverse` of a Linux prints of what happened to a PC, given in the order in which it
 * happened: newest first. A power that fails is in no line; the lines behind it are of another start of the PC. Numbers of
 * sessions begin anew with each start.
 */
export function journalText(events: readonly PcLogEvent[], userName: string): string {
  return new JournalWriter(userName).linesOf(events).toReversed().join("\n");
}

class JournalWriter {
  readonly #userName: string;
  readonly #lines: string[] = [];
  #startCount = 0;
  #sessionCount = 0;
  #rest = "suspend";

  constructor(userName: string) {
    this.#userName = userName;
  }

  linesOf(events: readonly PcLogEvent[]): readonly string[] {
    for (const event of events) this.#add(event);
    return this.#lines;
  }

  #add({ atMs, kind }: PcLogEvent): void {
    switch (kind) {
      case "boot":
        this.#startCount += 1;
        // Jobs at the start take some numbers, not always as many.
        this.#sessionCount = this.#startCount % 3;
        this.#write(atMs, "sessionStart", GREETER);
        this.#write(atMs, "startupFinished");
        break;
      case "sign-in":
        this.#sessionCount += 1;
        this.#write(atMs, "sessionStart", this.#session);
        this.#write(atMs, "sessionStop", GREETER);
        break;
      case "sign-out":
        this.#write(atMs, "sessionStop", this.#session);
        break;
      case "sleep":
      case "hibernate":
        this.#rest = kind === "sleep" ? "suspend" : "hibernate";
        this.#write(atMs, "sleepStart", { SLEEP: this.#rest });
        break;
      case "wake":
        this.#write(atMs, "sleepStop", { SLEEP: this.#rest });
        break;
      case "shutdown":
        this.#write(atMs, "shutdown");
        break;
      case "power-loss":
        break;
    }
  }

  get #session(): Fields {
    return { USER_ID: this.#userName, SESSION_ID: String(this.#sessionCount) };
  }

  #write(atMs: number, name: keyof typeof MESSAGE_IDS, fields: Fields = {}): void {
    const line = {
      __CURSOR: `s=1;i=${(this.#lines.length + 1).toString(16)}`,
      __REALTIME_TIMESTAMP: String(Math.trunc(atMs) * 1_000 + (this.#lines.length % 1_000)),
      _BOOT_ID: this.#startCount.toString(16).padStart(32, "b"),
      MESSAGE_ID: MESSAGE_IDS[name],
      ...fields,
    };
    this.#lines.push(JSON.stringify(line));
  }
}
