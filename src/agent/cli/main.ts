import { processIo } from "./cli-io.ts";
import { leanHeap } from "./lean-heap.ts";
import { runCli } from "./run-cli.ts";

/** The command `azukeru-agent`: runs the process's own arguments and sets its exit code. */
export async function main(): Promise<void> {
  leanHeap();
  process.exitCode = await runCli(process.argv.slice(2), processIo());
}

if (import.meta.main) await main();
