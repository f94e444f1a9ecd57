import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const START_MS_MAX = 10_000;

/** A server of another project on a free port; killed at the end of its scope. */
export interface PeerServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts `command` with the arguments for an address such as `127.0.0.1:4000` and waits for it to listen. */
export async function startPeerServer(
  command: string,
  argsFor: (address: string) => readonly string[],
): Promise<PeerServer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const child = spawn(command, argsFor(address), { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "exit");
  const killAtExit = (): void => void child.kill("SIGKILL");
  process.once("exit", killAtExit);
  const deadline = performance.now() + START_MS_MAX;
  while (!(await isListening(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${command} does not listen:\n${stderr}`);
    }
    await sleep(20);
  }
  return {
    url: `http://${address}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
      process.off("exit", killAtExit);
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
