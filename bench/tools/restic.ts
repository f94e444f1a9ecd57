import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { installedVersion, titled } from "../support/installed.ts";
import { startPeerServer } from "../support/peer-server.ts";
import { runTimed } from "../support/timed-process.ts";
import type { BackupTool } from "./backup-tool.ts";

const restic = installedVersion("restic");
const rclone = installedVersion("rclone");

/** restic, with its own encryption and deduplication, sending to `rclone serve restic`. */
export const resticTool: BackupTool = {
  title: `${titled("restic", restic)} to ${titled("rclone", rclone)} serve restic`,
  missing:
    restic === undefined || rclone === undefined ? "restic or rclone is not installed" : undefined,
  async prepare(treePath, workPath) {
    const storePath = join(workPath, "store");
    await mkdir(storePath);
    const server = await startPeerServer("rclone", (address) => [
      "serve",
      "restic",
      `--addr=${address}`,
      `--config=${join(workPath, "rclone.conf")}`,
      storePath,
    ]);
    const command = (args: readonly string[]): Parameters<typeof runTimed>[0] => ({
      command: "restic",
      args: ["--repo", `rest:${server.url}/`, "--cache-dir", join(workPath, "cache"), ...args],
      env: { RESTIC_PASSWORD: "bench" },
    });
    await runTimed(command(["init"]));
    return {
      async backUp({ sentFileCount }) {
        const run = await runTimed(command(["backup", treePath]));
        const [, added, changed] = /^Files:\s+(\d+) new,\s+(\d+) changed/m.exec(run.stdout) ?? [];
        if (Number(added) + Number(changed) !== sentFileCount) {
          throw new Error(`expected ${sentFileCount} files to be sent:\n${run.stdout}`);
        }
        return { ...run, jobSeconds: null };
      },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
};
