// The command `azukeru-agent`: importing this module runs the process's own arguments.
import { processIo } from "./cli-io.ts";
import { leanHeap } from "./lean-heap.ts";
import { runCli } from "./run-cli.ts";

leanHeap();
process.exitCode = await runCli(process.argv.slice(2), processIo());
