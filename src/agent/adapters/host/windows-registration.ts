import { Buffer } from "node:buffer";

import type { TaskRegistration } from "../../ports/host.ts";
import type { Programs } from "../../ports/programs.ts";
import { refusal, windowsRefusal } from "./windows-refusal.ts";

/** PowerShell takes seconds to start on a busy PC. */
const TIME_LIMIT_MS = 120_000;

/**
 * Asks the Task Scheduler itself (COM), with everything that varies read from standard input, a line
 * of base64 each. The numbers: create or replace (6), log on with the password (1).
 */
const SCRIPT = `
$ErrorActionPreference = 'Stop'
try {
  function Next { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine())) }
  $name = Next; $xml = Next; $user = Next; $password = Next
  $service = New-Object -ComObject Schedule.Service
  $service.Connect()
  [void]$service.GetFolder('\\').RegisterTask($name, $xml, 6, $user, $password, 1)
  exit 0
} catch {
  $cause = $_.Exception.GetBaseException()
  [Console]::Out.WriteLine('HRESULT 0x{0:X8}' -f $cause.HResult)
  [Console]::Out.WriteLine($cause.Message)
  exit 1
}
`;

/** What is registered. */
export interface WindowsRegistration {
  readonly name: string;
  /** A task as `windowsTaskXml` makes it. */
  readonly xml: string;
  readonly user: string;
}

/**
 * Registers a task that also runs while its user is signed out. `schtasks` would take the password
 * as an argument, which every user of the PC can see in the list of processes, or from a console
 * that a background process has not; so PowerShell hands it to the same scheduler, from standard
 * input. It is neither in an argument, nor in a file, nor in what PowerShell's script log records.
 */
export async function registerWithPassword(
  programs: Programs,
  { name, xml, user }: WindowsRegistration,
  password: string,
): Promise<TaskRegistration> {
  const lines = [name, xml, user, password].map((text) => Buffer.from(text).toString("base64"));
  const end = await programs.run({
    program: "powershell",
    args: ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", SCRIPT],
    stdin: lines.map((line) => `${line}\r\n`).join(""),
    timeLimitMs: TIME_LIMIT_MS,
  });
  if (end.kind === "missing") return refusal("unsupported");
  if (end.kind === "cut-off") return refusal("failed", end.reason);
  if (end.exitCode === 0) return { kind: "registered" };
  return windowsRefusal(end.exitCode, `${end.stdout}\n${end.stderr}`);
}
