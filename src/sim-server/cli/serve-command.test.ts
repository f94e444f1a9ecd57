import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { readAccounts } from "./read-accounts.ts";
import { serve } from "./serve.ts";

const PROGRAM = `
  import { Command } from "commander";
  import { serveCommand } from "./src/sim-server/cli/serve-command.ts";
  await new Command("azukeru-sim").addCommand(serveCommand()).parseAsync();
`;

function run(...args: string[]): ChildProcess {
  return spawn(
    process.execPath,
    ["--input-type=module-typescript", "-e", PROGRAM, "--", "serve", ...args],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

describe("serve", () => {
  it("listens, is ready for its account, and closes", async () => {
    const running = await serve();
    const login = await fetch(`${running.url}/v1/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...pick(running.account), deviceName: "pc" }),
    });
    expect(login.status).toBe(201);
    expect((await fetch(running.openApiUrl)).status).toBe(200);
    expect((await fetch(`${running.controlUrl}/faults`)).status).toBe(200);
    await running.close();
    await expect(fetch(running.url)).rejects.toThrow("fetch failed");
  });

  it("rejects when the port is taken", async () => {
    const first = await serve();
    const port = Number(new URL(first.url).port);
    await expect(serve({ port })).rejects.toThrow("EADDRINUSE");
    await first.close();
  });
});

describe("azukeru-sim serve", () => {
  it("writes one line of JSON when it listens, and ends in order on a signal", async () => {
    const child = run("--json", "--anonymous-uploads", "--upload-size-max", "1024");
    const stdout = textOf(child.stdout);
    const [chunk] = (await once(child.stdout ?? child, "data")) as [Buffer];
    const line = JSON.parse(chunk.toString()) as { service: string; account: { loginId: string } };
    expect(line.account.loginId).toBe("demo");
    const options = await fetch(`${line.service}/v1/uploads`, { method: "OPTIONS" });
    expect(options.headers.get("upload-limit")).toMatch(/^max-size=1024,/);
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
    expect((await stdout).trim().split("\n").length).toBeLessThanOrEqual(1);
  });

  it("says which file and which setting are wrong", async () => {
    const folder = await mkdtemp(join(tmpdir(), "accounts-"));
    const file = join(folder, "a.yaml");
    await writeFile(file, "accounts:\n  - loginId: x\n    password: y\n    plan: pro\n");
    const child = run("--account", file);
    const [stderr] = await Promise.all([textOf(child.stderr), once(child, "exit")]);
    expect(stderr).toContain(`${file}: accounts.0.plan: office-anshin has no plan pro`);
    expect(child.exitCode).toBe(2);
    await expect(readAccounts(join(folder, "none"))).rejects.toThrow("none: cannot be read");
    await writeFile(file, "accounts: [");
    await expect(readAccounts(file)).rejects.toThrow("is neither YAML nor JSON");
  });

  it.each(["one-account", "three-generations", "two-administrators"])(
    "reads fixtures/accounts/%s.yaml",
    async (name) => {
      const [first, ...more] = await readAccounts(`fixtures/accounts/${name}.yaml`);
      if (first === undefined) throw new Error("no account");
      const running = await serve({ accounts: [first, ...more] });
      expect(running.service.accounts.all().length).toBe(1 + more.length);
      await running.close();
    },
  );
});

function pick({ loginId, password }: { loginId: string; password: string }): object {
  return { loginId, password };
}
