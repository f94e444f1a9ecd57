import { join } from "node:path";

import { AgentHome } from "../../test/e2e/support/agent-home.ts";
import { commandFile } from "../../test/e2e/support/own-command.ts";
import { startService } from "../../test/e2e/support/service-process.ts";
import { ownTool } from "../support/figure.ts";
import { runTimed } from "../support/timed-process.ts";
import type { BackupTool } from "./backup-tool.ts";

/** This project's agent, sending to this project's service. */
export const azukeru: BackupTool = {
  title: `${ownTool("azukeru-agent")} to azukeru-sim serve`,
  missing: undefined,
  async prepare(treePath, workPath) {
    const service = await startService();
    const home = await AgentHome.create(join(workPath, "home"), service.access, [treePath]);
    return {
      async backUp({ sentFileCount }) {
        const run = await runTimed({
          command: process.execPath,
          args: [commandFile("azukeru-agent"), "backup", "run"],
          env: home.env,
        });
        const job = (await home.mustRun(["history"])).find(({ type }) => type === "job");
        if (job?.["transferredFileCount"] !== sentFileCount) {
          throw new Error(`expected ${sentFileCount} files to be sent: ${JSON.stringify(job)}`);
        }
        return { ...run, jobSeconds: Number(job["elapsedSeconds"]) };
      },
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    };
  },
};
