import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import type { Hunt } from "./hunt-bug.ts";

/** Sweeps a copy of the project until a law breaks. */
export async function huntWithSweep(folder: string): Promise<Hunt> {
  const args = ["bin/azukeru-sim.js", "sweep", "--json", "--fail-fast"];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let errorText = "";
  child.stderr.on("data", (piece: Buffer) => {
    errorText += piece.toString();
  });
  const exited = new Promise<number>((resolve) => {
    child.on("close", (code) => resolve(code ?? 1));
  });
  let runCount = 0;
  let noticedBy: readonly string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { kind, laws = [] } = JSON.parse(line) as { kind: string; laws?: readonly string[] };
    if (kind !== "crash") continue;
    runCount += 1;
    noticedBy = laws;
  }
  const exitCode = await exited;
  // A day that breaks a law without any crash is no sweep, but noticed all the same.
  if (exitCode !== 0 && noticedBy.length === 0) noticedBy = [errorText.split("\n")[0] ?? ""];
  return { exitCode, noticedBy: [...new Set(noticedBy)], runCount };
}
