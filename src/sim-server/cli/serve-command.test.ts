import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";

import { MAIL_AUTHORITY_FILE } from "../smtp/mail-tls.ts";
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
  test("listens, is ready for its account, and closes", async () => {
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

  test("lets pages of the origins it was told use the service, and none its control interface", async () => {
    const running = await serve({ corsOrigins: ["https://app.example"] });
    const ask = (at: string, origin: string): Promise<Response> =>
      fetch(at, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "PUT",
          "access-control-request-headers": "authorization, repr-digest",
        },
      });
    const asked = await ask(`${running.url}/v1/files/a`, "https://app.example");
    expect([asked.status, asked.headers.get("access-control-allow-headers")]).toEqual([
      204,
      "authorization, repr-digest",
    ]);
    const headers = { origin: "https://app.example" };
    const answer = await fetch(`${running.url}/v1/contract`, { headers });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([
      401,
      "https://app.example",
    ]);
    for (const other of [
      await ask(`${running.url}/v1/files/a`, "https://other.example"),
      await ask(`${running.controlUrl}/reset`, "https://app.example"),
    ]) {
      expect(other.headers.get("access-control-allow-origin")).toBeNull();
    }
    await running.close();
  });

  test("rejects when the port is taken", async () => {
    const first = await serve();
    const port = Number(new URL(first.url).port);
    await expect(serve({ port })).rejects.toThrow("EADDRINUSE");
    await first.close();
  });
});

describe("serve with mail", () => {
  const options = { name: "pc.example", tls: { ca: readFileSync(MAIL_AUTHORITY_FILE) } };
  const mail = { from: "a@mail.example", to: "b@example.com, c@example.com", subject: "件名" };

  test("takes mails plain, by STARTTLS and by TLS, and shows them at /_sim/mails", async () => {
    const mailServer = { smtpPort: 0, smtpsPort: 0, authRequired: true, sizeBytesMax: 5000 };
    const running = await serve({ mail: mailServer });
    const { smtpPort, smtpsPort, account, host } = running.mail ?? {};
    const auth = { user: account?.user ?? "", pass: account?.password ?? "" };
    const to = { ...options, host: host ?? "", auth };
    const plain = { ...to, port: smtpPort ?? 0, ignoreTLS: true };
    for (const transport of [
      plain,
      { ...to, port: smtpPort ?? 0, requireTLS: true },
      { ...to, port: smtpsPort ?? 0, secure: true },
    ]) {
      const info = await createTransport(transport).sendMail({ ...mail, text: "本文" });
      expect(info.accepted).toEqual(["b@example.com", "c@example.com"]);
    }
    const large = createTransport(plain).sendMail({ ...mail, text: "x".repeat(9000) });
    await expect(large).rejects.toMatchObject({ responseCode: 552 });
    const wrong = { ...plain, auth: { ...auth, pass: "wrong" } };
    await expect(createTransport(wrong).sendMail(mail)).rejects.toMatchObject({ code: "EAUTH" });
    const answer = await fetch(`${running.controlUrl}/mails?wait=5&count=3`);
    const { mails } = (await answer.json()) as { mails: { tls: boolean; text: string }[] };
    expect(mails.map(({ tls, text }) => [tls, text.trim()])).toEqual([
      [false, "本文"],
      [true, "本文"],
      [true, "本文"],
    ]);
    await running.close();
  });

  test("rejects when a port for mail is taken, and leaves nothing listening", async () => {
    const first = await serve({ mail: { smtpPort: 0 } });
    const smtpPort = first.mail?.smtpPort ?? 0;
    await expect(serve({ mail: { smtpsPort: smtpPort } })).rejects.toThrow("EADDRINUSE");
    await first.close();
    const again = await serve({ mail: { smtpPort } });
    expect(again.mail).toMatchObject({ smtpPort, smtpsPort: null });
    await again.close();
    expect((await closedServe()).mail).toBeNull();
  });
});

describe("azukeru-sim serve", () => {
  test("writes one line of JSON when it listens, and ends in order on a signal", async () => {
    const limit = ["--upload-size-max", "1024"];
    const child = run("--json", "--anonymous-uploads", "--smtps-port", "0", ...limit);
    const stdout = textOf(child.stdout);
    const [chunk] = (await once(child.stdout ?? child, "data")) as [Buffer];
    const line = JSON.parse(chunk.toString()) as {
      service: string;
      account: { loginId: string };
      mail: { smtpsPort: number };
    };
    expect(line.account.loginId).toBe("demo");
    const options = await fetch(`${line.service}/v1/uploads`, { method: "OPTIONS" });
    expect(options.headers.get("upload-limit")).toMatch(/^max-size=1024,/);
    expect(line.mail).toMatchObject({ account: { user: "demo@mail.example" }, smtpPort: null });
    expect(line.mail.smtpsPort).toBeGreaterThan(0);
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
    expect((await stdout).trim().split("\n").length).toBeLessThanOrEqual(1);
  });

  test("says which file and which setting are wrong", async () => {
    const folder = await mkdtemp(join(tmpdir(), "accounts-"));
    const file = join(folder, "a.yaml");
    await writeFile(file, "accounts:\n  - loginId: x\n    password: y\n    plan: pro\n");
    const child = run("--account", file);
    const [stderr] = await Promise.all([textOf(child.stderr), once(child, "exit")]);
    expect(stderr).toContain(`${file}:4:11: accounts.0.plan: office-anshin has no plan pro`);
    expect(child.exitCode).toBe(2);
    await expect(readAccounts(join(folder, "none"))).rejects.toThrow("none cannot be read");
    await writeFile(file, "accounts: [");
    await expect(readAccounts(file)).rejects.toThrow(`${file}:1:12: `);
  });

  test.each([
    ["--upload-append-min", "9", "--upload-append-max", "8"],
    ["--upload-append-min", "99999999"],
  ])("refuses a least append above the most one may carry: %s %s", async (...args) => {
    const child = run(...args);
    const [stderr] = await Promise.all([textOf(child.stderr), once(child, "exit")]);
    expect(stderr).toContain("is more than an append may carry");
    expect(child.exitCode).toBe(2);
  });

  test.each(["one-account", "three-generations", "two-administrators", "mail-users"])(
    "reads fixtures/accounts/%s.yaml",
    async (name) => {
      const { accounts } = await readAccounts(`fixtures/accounts/${name}.yaml`);
      const [first, ...more] = accounts;
      if (first === undefined) throw new Error("no account");
      const running = await serve({ accounts: [first, ...more] });
      expect(running.service.accounts.all().length).toBe(1 + more.length);
      await running.close();
    },
  );
});

async function closedServe(): ReturnType<typeof serve> {
  const running = await serve();
  await running.close();
  return running;
}

function pick({ loginId, password }: { loginId: string; password: string }): object {
  return { loginId, password };
}
