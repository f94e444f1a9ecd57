import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { formatDigestHeader } from "../../src/protocol/digest-header.ts";
import {
  encodeServicePath,
  MANUAL_BACKUP_FOLDER,
  SECURITY_AREA,
} from "../../src/protocol/service-path.ts";
import { startCommand } from "./support/own-command.ts";
import { startService, type ServiceAccess } from "./support/service-process.ts";

const DESTINATION = [SECURITY_AREA, MANUAL_BACKUP_FOLDER, "PC"];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "azukeru-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function logIn({ service, account }: ServiceAccess): Promise<string> {
  const { loginId, password } = account;
  const response = await fetch(`${service}/v1/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ loginId, password, deviceName: "pc" }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { token: string }).token;
}

/** Whoever uses a service with a token. */
class Client {
  readonly #url: string;
  readonly #authorization: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#authorization = `Bearer ${token}`;
  }

  ask(method: string, target: string, headers: object = {}, body?: Buffer): Promise<Response> {
    return fetch(this.#url + target, {
      method,
      headers: { authorization: this.#authorization, ...headers },
      ...(body && { body: new Uint8Array(body) }),
    });
  }

  put(name: string, content: Buffer): Promise<Response> {
    const digest = formatDigestHeader(createHash("sha256").update(content).digest("hex"));
    const target = `/v1/files/${encodeServicePath([...DESTINATION, name])}`;
    return this.ask(
      "PUT",
      target,
      {
        "repr-digest": digest,
        "azukeru-modified-at-ns": "1",
        "content-type": "application/octet-stream",
      },
      content,
    );
  }
}

/** Puts files until the service is gone; which of them it said it has. */
async function putUntilGone(client: Client, who: number): Promise<Map<string, string>> {
  const acknowledged = new Map<string, string>();
  for (let index = 0; ; index += 1) {
    const name = `${who}-${index}.txt`;
    const content = `content of ${name}`;
    const answer = await client.put(name, Buffer.from(content)).catch(() => undefined);
    if (answer === undefined) return acknowledged;
    expect(answer.status).toBe(201);
    acknowledged.set(name, content);
  }
}

test("what a service acknowledged is there after kill -9: files, sessions, unfinished uploads", async () => {
  const folder = temporaryFolder();
  const data = ["--data", folder];
  const acknowledged = new Map<string, string>();
  let token: string | undefined;
  let upload: { readonly target: string; offset: number } | undefined;
  const part = Buffer.alloc(300_000, "part");
  for (let round = 0; round < 4; round += 1) {
    await using service = await startService(data);
    token ??= await logIn(service.access);
    const client = new Client(service.access.service, token);
    if (round === 0) {
      const folders = `/v1/folders/${encodeServicePath(DESTINATION)}`;
      await client.ask("PUT", folders);
      const query = `path=${encodeURIComponent([...DESTINATION, "large"].join("/"))}&modifiedAtNs=1`;
      const begun = await client.ask("POST", `/v1/uploads?${query}`, { "upload-complete": "?0" });
      upload = { target: begun.headers.get("location") ?? "", offset: 0 };
    }
    if (upload === undefined) throw new Error("no upload was begun");
    const standing = await client.ask("HEAD", upload.target);
    expect(Number(standing.headers.get("upload-offset"))).toBe(upload.offset);
    const putting = [1, 2, 3].map((who) => putUntilGone(client, round * 10 + who));
    const appended = await client.ask(
      "PATCH",
      upload.target,
      {
        "upload-offset": String(upload.offset),
        "upload-complete": "?0",
        "content-type": "application/partial-upload",
      },
      part,
    );
    expect(appended.status).toBe(204);
    upload.offset += part.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    process.kill(service.pid, "SIGKILL");
    for (const each of putting) {
      for (const [name, content] of await each) acknowledged.set(name, content);
    }
  }
  expect(acknowledged.size).toBeGreaterThan(20);

  await using service = await startService(data);
  const client = new Client(service.access.service, token ?? "");
  for (const [name, content] of acknowledged) {
    const answer = await client.ask(
      "GET",
      `/v1/files/${encodeServicePath([...DESTINATION, name])}`,
    );
    expect([name, answer.status, await answer.text()]).toEqual([name, 200, content]);
  }
  if (upload === undefined) throw new Error("no upload was begun");
  const whole = Buffer.concat([part, part, part, part]);
  const completed = await client.ask("PATCH", upload.target, {
    "upload-offset": String(upload.offset),
    "upload-complete": "?1",
    "content-type": "application/partial-upload",
    "repr-digest": formatDigestHeader(createHash("sha256").update(whole).digest("hex")),
  });
  expect(completed.status).toBe(201);
  const large = await client.ask(
    "GET",
    `/v1/files/${encodeServicePath([...DESTINATION, "large"])}`,
  );
  expect(Buffer.from(await large.arrayBuffer()).equals(whole)).toBe(true);
});

test("two services cannot have one data folder, and the second says so", async () => {
  const folder = temporaryFolder();
  await using first = await startService(["--data", folder]);
  expect(first.pid).toBeGreaterThan(0);
  const second = await startCommand("azukeru-sim", ["serve", "--data", folder]).ended;
  expect(second.exitCode).toBe(2);
  expect(second.stderr).toContain(
    `${join(folder, "service.db")} cannot be used: another process uses it`,
  );
});
