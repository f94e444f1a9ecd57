import module from "node:module";
import { workerData } from "node:worker_threads";

import { switches } from "./switches.ts";
import type { ThreadData } from "./thread-messages.ts";

/*
 * One thread of the instrumented copy. The mutant must be active before any module of the copy is read, since what
 * a module makes as it is read is made once.
 */
const { compileCacheFolder, activeMutant, countedIds } = workerData as ThreadData;
module.enableCompileCache(compileCacheFolder);
switches.activeMutant = activeMutant ?? -1;
if (countedIds !== undefined) switches.hits = new Uint32Array(countedIds);

await import("./live-scenarios.ts");
