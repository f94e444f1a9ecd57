import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How the scenarios fared against a bug. */
export interface Hunt {
  /** Exit code of the scenarios: 0 means that the bug was not noticed. */
  readonly exitCode: number;
  /** Laws that broke, or the cells that were missed. */
  readonly noticedBy: readonly string[];
  /** Scenarios until the first that broke a law, that one included; all of them when none did. */
  readonly runCount: number;
}

/** How much is run against a bug. */
export interface HuntOptions {
  readonly runs: number;
  readonly seed: number;
  readonly timeLimitS: number;
}

/** Runs the scenarios of a copy of the project until a law breaks. */
export async function huntBug(folder: string, options: HuntOptions): Promise<Hunt> {
  const { runs, seed, timeLimitS } = options;
  const child = spawn(
    process.execPath,
    [
      "bin/azukeru-sim.js",
      "scenarios",
      "--json",
      "--fail-fast",
      "--no-shrink",
      "--runs",
      String(runs),
      "--seed",
      String(seed),
      "--time-limit",
      String(timeLimitS),
    ],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  );
  let errorText = "";
  child.stderr.on("data", (piece: Buffer) => {
    errorText += piece.toString();
  });
  const exited = new Promise<number>((resolve) => {
    child.on("close", (code) => resolve(code ?? 1));
  });
  let runCount = 0;
  let noticedBy: readonly string[] = [];
  let missed: readonly string[] | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const data = JSON.parse(line) as Line;
    if (data.kind === "summary") {
      missed = data.missed;
    } else if (noticedBy.length === 0) {
      runCount += 1;
      noticedBy = data.laws;
    }
  }
  const exitCode = await exited;
  // Without a summary the program itself broke down, which says nothing about the scenarios.
  if (missed === undefined) throw new Error(`the scenarios did not run to their end: ${errorText}`);
  if (noticedBy.length === 0 && exitCode !== 0) noticedBy = missed.map((cell) => `missed ${cell}`);
  return { exitCode, noticedBy, runCount };
}

/** A line that `scenarios --json` prints, as far as it matters here. */
type Line =
  | { readonly kind: "run"; readonly laws: readonly string[] }
  | { readonly kind: "summary"; readonly missed: readonly string[] };
