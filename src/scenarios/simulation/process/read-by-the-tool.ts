import { SystemdHost } from "../../../agent/adapters/host/systemd-host.ts";
import type { ProgramCall, ProgramEnd } from "../../../agent/ports/programs.ts";
import { journalText } from "../../../sim-server/host/pc-journal.ts";
import type { SimHost } from "../../../sim-server/host/sim-host.ts";
import type { SimPc } from "../../../sim-server/host/sim-pc.ts";

/** The person at the PC, as logind calls him. */
const USER_NAME = "taro";

/**
 * A PC whose log the shipped tool reads as the system writes it, where that is a text that tells all that the log of
 * a simulated PC tells: on Linux. The log of a Mac knows no shutdowns and no sign-ins.
 */
export function readByTheTool(pc: SimPc, host: SimHost): SimHost {
  if (pc.kind !== "linux") return host;
  const reader = new SystemdHost({
    programs: { run: async (call) => runOn(pc, call) },
    unitFolder: "",
    userId: 1000,
    userName: USER_NAME,
    env: {},
  });
  return { ...host, eventsBetween: (fromMs, toMs) => reader.eventsBetween(fromMs, toMs) };
}

/** A program of the PC: of those that tell of its log it has the journal's alone. */
function runOn({ log }: SimPc, { program, args }: ProgramCall): ProgramEnd {
  if (program !== "journalctl") return { kind: "missing" };
  const until = args.find((arg) => arg.startsWith("--until=@"))?.slice("--until=@".length);
  const toMs = until === undefined ? Infinity : Number(until) * 1_000;
  const events = log.all().filter(({ atMs }) => atMs <= toMs);
  return { kind: "ended", exitCode: 0, stdout: journalText(events, USER_NAME), stderr: "" };
}
