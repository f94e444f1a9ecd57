import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

import { installedVersion, titled } from "../support/installed.ts";
import { startPeerServer } from "../support/peer-server.ts";
import { runTimed } from "../support/timed-process.ts";
import type { BackupTool } from "./backup-tool.ts";

const version = installedVersion("rclone");

/**
 * rclone, copying files as they are to its own WebDAV server. Plain WebDAV keeps no modification
 * times, so its second run compares sizes only. It waits 10 ms between requests, three a file: ten
 * thousand files would take more than five minutes.
 */
export const rcloneTool: BackupTool = {
  title: `${titled("rclone", version)} copy to rclone serve webdav`,
  missing: version === undefined ? "rclone is not installed" : undefined,
  fileCountMax: 1_000,
  async prepare(treePath, workPath) {
    const storePath = join(workPath, "store");
    const config = ["--config", join(workPath, "rclone.conf")];
    await mkdir(storePath);
    const server = await startPeerServer("rclone", (address) => [
      "serve",
      "webdav",
      `--addr=${address}`,
      ...config,
      storePath,
    ]);
    let storedCount = 0;
    return {
      async backUp({ sentFileCount }) {
        const remote = ["--webdav-url", server.url, "--webdav-vendor", "other"];
        const args = ["copy", treePath, ":webdav:", ...remote, ...config];
        const run = await runTimed({ command: "rclone", args });
        const countNow = await countFiles(storePath);
        if (countNow - storedCount !== sentFileCount) {
          throw new Error(`expected ${sentFileCount} files to be sent, ${countNow} are there`);
        }
        storedCount = countNow;
        return { ...run, jobSeconds: null };
      },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
};

async function countFiles(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
