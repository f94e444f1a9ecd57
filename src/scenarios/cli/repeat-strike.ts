import { speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { judgedAs } from "../checkers/shared/violation.ts";
import { itemOf, struck, sweptFile } from "../runs/fault-sweep.ts";
import { WorkerPool } from "../runs/worker-pool.ts";
import { strikeId } from "../sweep/faults/strike.ts";
import { EXIT_CODE_OF, EXIT_CODES } from "./exit-code.ts";
import { writeStruck } from "./write-struck.ts";

/** Runs one fault of a file again, or a pair of them, and writes the scenario in which it strikes; gives the exit code. */
export async function repeatStrike(
  files: readonly string[],
  name: string,
  folder: string,
): Promise<number> {
  await using pool = new WorkerPool(1);
  const [path] = files;
  const swept = path === undefined ? undefined : await sweptFile(pool, path);
  const strikes = name
    .split(" & ")
    .map((one) => swept?.strikes.find((strike) => strikeId(strike) === one));
  const [one, other] = strikes;
  if (swept === undefined || files.length > 1 || strikes.length > 2 || one === undefined) {
    return refuse(name, files);
  }
  if (strikes.length === 2 && other === undefined) return refuse(name, files);
  const item = itemOf(swept.path, other === undefined ? [one] : [one, other]);
  const outcome = await struck(pool, item);
  const { violations, scenario } = outcome;
  for (const violation of violations)
    process.stdout.write(`${violation.invariant}: ${speak(violation.message)}\n`);
  const verdict = violations.length === 0 ? "harness.every-law-held" : "harness.a-law-broke";
  process.stdout.write(`${item.id} (${item.what}): ${speak(message(verdict))}\n`);
  if (scenario !== undefined) {
    const written = writeStruck(folder, item, { scenario, violations });
    const command = `node bin/azukeru-sim.js replay ${written} --trace`;
    process.stdout.write(`${speak(message("harness.again", { command }))}\n`);
  }
  return EXIT_CODE_OF[judgedAs(violations)];
}

function refuse(name: string, files: readonly string[]): number {
  const said = message("harness.no-strike", { given: name, files });
  process.stderr.write(`${speak(said)}\n`);
  return EXIT_CODES.usage;
}
