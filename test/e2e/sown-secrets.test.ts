import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { INDISCREET_STORAGE_FAULTS, indiscreetSmtpFaults } from "../outsiders/outsider-faults.ts";
import { AgentHome } from "./support/agent-home.ts";
import { ServiceClient } from "./support/service-client.ts";
import { startService, type ServiceProcess } from "./support/service-process.ts";

// Dozens of commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 600_000 });

const PASSWORD = "s3cr3t pässwörd+&";
const MAIL_PASSWORD = "mail-s3cr3t+=";
const LOGIN_ID = "taro";

const folder = mkdtempSync(join(tmpdir(), "azukeru-secrets-"));
const cleanup = new AsyncDisposableStack();
cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
let service: ServiceProcess;
let agent: AgentHome;

beforeAll(async () => {
  const accounts = join(folder, "accounts.json");
  const mailAccounts = [{ user: "taro@mail.example", password: MAIL_PASSWORD }];
  const account = { loginId: LOGIN_ID, password: PASSWORD };
  writeFileSync(accounts, JSON.stringify({ accounts: [account], mailAccounts }));
  service = cleanup.use(await startService(["--account", accounts, "--smtp-port", "0"]));
  const source = join(folder, "source");
  mkdirSync(source);
  writeFileSync(join(source, "a.txt"), "text");
  agent = await AgentHome.create(join(folder, "home"), service.access, [source]);
  await agent.mustRun(["backup", "run"]);
});

afterAll(() => cleanup.disposeAsync());

/** Every secret there is, as the service knows them, and what of them could be told in other forms. */
async function secrets(): Promise<string[]> {
  const response = await fetch(`${service.access.control}/snapshot`);
  const { secrets: known } = (await response.json()) as {
    secrets: { sessions: { token: string }[] };
  };
  const all = [PASSWORD, MAIL_PASSWORD, ...known.sessions.map(({ token }) => token)];
  return all.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
  ]);
}

/** What stands in the logs of the agent. */
function logs(): string {
  const at = join(folder, "home", "logs");
  return readdirSync(at)
    .map((name) => readFileSync(join(at, name), "utf8"))
    .join("\n");
}

async function expectNoSecrets(outputs: readonly string[]): Promise<void> {
  const text = outputs.join("\n");
  const found = (await secrets()).filter((secret) => text.includes(secret));
  expect(found).toEqual([]);
}

const FORMS = [["--debug"], ["--json"], ["--lang", "ja"]] as const;

/** Runs a command in these forms, whatever it comes to. */
async function run(
  args: readonly string[],
  forms: readonly (readonly string[])[] = FORMS,
): Promise<string[]> {
  const outputs: string[] = [];
  for (const form of forms) {
    const { stdout, stderr } = await agent.run([...args, ...form]);
    outputs.push(stdout, stderr);
  }
  return outputs;
}

async function logIn(): Promise<string[]> {
  const { stdout, stderr, exitCode } = await agent.run([
    "login",
    "--service",
    service.access.service,
    "--login-id",
    LOGIN_ID,
  ]);
  expect(exitCode).toBe(0);
  return [stdout, stderr];
}

test("a service that repeats secrets gets them into no output and no log", async () => {
  const outputs: string[] = [];
  expect(INDISCREET_STORAGE_FAULTS.length).toBeGreaterThan(20);
  for (const fault of INDISCREET_STORAGE_FAULTS) {
    await service.inject({ ...fault, times: "forever" });
    outputs.push(...(await run(["browse"], [FORMS[0]])), ...(await run(["capacity"], [FORMS[1]])));
    await service.clearFaults();
    // A refused password is forgotten.
    outputs.push(...(await logIn()));
  }
  for (const fault of INDISCREET_STORAGE_FAULTS.slice(0, 4)) {
    // What says "not now" for ever is asked again for ten minutes.
    const isNotNow = fault.kind === "status" && fault.status >= 500;
    await service.inject({ ...fault, times: isNotNow ? 2 : "forever" });
    outputs.push(...(await run(["backup", "run"])), ...(await run(["restore", "a.txt", folder])));
    await service.clearFaults();
    outputs.push(...(await logIn()));
  }
  outputs.push(...(await run(["history"])), ...(await run(["history", "show", "2"])));
  expect(outputs.join("").length).toBeGreaterThan(10_000);
  await expectNoSecrets([...outputs, logs()]);
});

test("names on the service that are secrets are shown without them", async () => {
  // The newest session is the one the agent has now.
  const token = (await secrets()).filter((_, index) => index % 4 === 0).at(-1);
  const client = await ServiceClient.logIn(service.access);
  const [line] = await agent.mustRun(["source", "list"]);
  const destination = String(line?.["destination"]);
  const name = `${PASSWORD} ${token}`;
  const trees = { [LOGIN_ID]: { [`${destination}/${name}.txt`]: "text" } };
  const seeded = await fetch(`${service.access.control}/seed`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ trees }),
  });
  expect(seeded.status).toBe(200);
  expect((await client.entriesBelow(destination.split("/"))).length).toBeGreaterThan(1);

  const target = join(folder, "target");
  mkdirSync(target);
  const outputs = [
    ...(await run(["browse", destination])),
    ...(await run(["restore", destination, target, "--on-conflict", "overwrite"])),
    ...(await run(["history", "restore"])),
  ];

  expect(outputs.join("")).toContain("[removed]");
  await expectNoSecrets([...outputs, logs()]);
});

test("a mail server that repeats the password gets it into no output and no log", async () => {
  const { mail } = service.access;
  const { host = "", smtpPort = 0 } = mail ?? {};
  const where = ["--server", host, "--port", String(smtpPort), "--ssl", "off"];
  const who = ["--user", "taro@mail.example", "--from", "a@example.com", "--to", "b@example.com"];
  const set = await agent.run(["mail", "set", ...where, ...who], {
    AZUKERU_PASSWORD: MAIL_PASSWORD,
  });
  expect(set.exitCode).toBe(0);
  const outputs = [set.stdout, set.stderr];
  const text = `you said ${MAIL_PASSWORD}, ${Buffer.from(MAIL_PASSWORD).toString("base64")}`;
  for (const fault of indiscreetSmtpFaults(text)) {
    const added = await fetch(`${service.access.control}/smtp-faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fault),
    });
    expect(added.status).toBe(201);
    outputs.push(...(await run(["mail", "test"])), ...(await run(["mail", "status"])));
    await fetch(`${service.access.control}/smtp-faults`, { method: "DELETE" });
  }
  await expectNoSecrets([...outputs, logs()]);
});
