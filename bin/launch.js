import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module, { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const NODE_MAJOR_MIN = 24;
const LAUNCHED = "AZUKERU_LAUNCHED_BY_OLDER_NODE";
/** The process that started the launcher; who wants to end with it looks here. */
const STARTED_BY = "AZUKERU_STARTED_BY";
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Runs a command of this package on Node 24 or newer. Under an older Node it starts the one that the
 * `node` package brought along, with the same arguments, and passes signals and the exit code on.
 * `entry` is the main module below `src` (or, once built, `dist`), without its extension.
 */
export async function launch(entry, script) {
  if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR_MIN) {
    runOnPinnedNode(fileURLToPath(script));
    return;
  }
  dieWithLauncher();
  // Below node_modules, and not in a temporary folder that other users of the machine share.
  module.enableCompileCache?.(join(root, "node_modules", ".cache", "azukeru-sim"));
  const source = join(root, "src", `${entry}.ts`);
  const built = join(root, "dist", `${entry}.js`);
  await import(pathToFileURL(existsSync(source) ? source : built).href);
}

function runOnPinnedNode(script) {
  const child = spawn(pinnedNode(), [...process.execArgv, script, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [LAUNCHED]: "1", [STARTED_BY]: String(process.ppid) },
  });
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((each) => each.isTTY);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to both of us; passing it on would send it twice.
      if (signal !== "SIGINT" || !atTerminal) child.kill(signal);
    });
  }
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => {
    process.exit(signal === null ? code : 128 + constants.signals[signal]);
  });
}

// Whoever kills the process he started means the command, not the launcher around it.
function dieWithLauncher() {
  if (process.env[LAUNCHED] === undefined || process.channel === undefined) {
    // It came from a command further up, which was started by somebody else.
    delete process.env[STARTED_BY];
    return;
  }
  delete process.env[LAUNCHED];
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  process.channel.unref();
}

function pinnedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve("node/package.json");
    const name = process.platform === "win32" ? "node.exe" : "node";
    const binary = join(dirname(manifest), "bin", name);
    if (existsSync(binary)) return binary;
  } catch {
    // Explained below.
  }
  fail("the pinned Node is not installed");
}

function fail(reason) {
  process.stderr.write(
    `This needs Node ${NODE_MAJOR_MIN} or newer, and runs on ${process.version}: ${reason}. Run npm ci first.\n`,
  );
  process.exit(1);
}
