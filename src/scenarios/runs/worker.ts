import module from "node:module";
import { workerData } from "node:worker_threads";

import type { WorkerData } from "./worker-messages.ts";

// A thread has no compile cache of its own accord, and reading all modules anew takes it half a second.
const { compileCacheFolder } = workerData as WorkerData;
if (compileCacheFolder !== undefined) module.enableCompileCache(compileCacheFolder);

await import("./serve-requests.ts");
