import express from "express";
import request from "supertest";
import { beforeEach, expect, test } from "vitest";

import { problemSchema } from "../../protocol/http/problem.ts";
import { createMailServer, type MailServer } from "../smtp/mail-server.ts";
import { createStorageService } from "../storage/service/storage-service.ts";
import { createControlApp } from "./control-app.ts";

const RAW = Buffer.from(
  "Subject: =?utf-8?B?57WQ5p6c?=\r\nX-A: b\r\n\r\n\xe6\x88\x90\r\n",
  "latin1",
);
let mail: MailServer;
let app: ReturnType<typeof express>;

beforeEach(() => {
  const clock = { nowMs: () => 1_800_000_000_000 };
  mail = createMailServer({ clock });
  const service = createStorageService({ clock, entropy: { randomHex: () => "0" } });
  app = express();
  app.use("/_sim", createControlApp(service, mail));
});

function arrive(recipient: string): void {
  mail.mailbox.add({
    receivedAtMs: 1_800_000_000_000,
    from: "agent@mail.example",
    recipients: [recipient],
    clientName: "pc",
    tls: true,
    user: "agent",
    raw: RAW,
  });
}

test("lists mails with what a person sees of them, filtered", async () => {
  arrive("a@example.com");
  arrive("b@example.com");
  const { body } = await request(app).get("/_sim/mails?to=b@*&subject=結果").expect(200);
  expect(body).toEqual({
    mails: [
      {
        id: "mail-2",
        receivedAt: "2027-01-15T08:00:00.000Z",
        from: "agent@mail.example",
        recipients: ["b@example.com"],
        clientName: "pc",
        tls: true,
        user: "agent",
        sizeBytes: RAW.length,
        subject: "結果",
        text: "成\n",
        headers: [
          { name: "Subject", value: "結果" },
          { name: "X-A", value: "b" },
        ],
      },
    ],
  });
});

test("waits for mails, and answers with what there is when the time is over", async () => {
  const waiting = request(app).get("/_sim/mails?wait=30&count=2&to=a@example.com");
  const answer = waiting.then(({ body }: { body: { mails: unknown[] } }) => body.mails.length);
  arrive("a@example.com");
  await new Promise((resolve) => setTimeout(resolve, 50));
  arrive("b@example.com");
  arrive("a@example.com");
  expect(await answer).toBe(2);
  const late = await request(app).get("/_sim/mails?wait=0.05&count=9").expect(200);
  expect(late.body.mails.length).toBe(3);
});

test("gives one mail as JSON, or byte for byte", async () => {
  arrive("a@example.com");
  const json = await request(app).get("/_sim/mails/mail-1").expect(200);
  expect(json.body).toMatchObject({ id: "mail-1", subject: "結果" });
  const raw = await request(app)
    .get("/_sim/mails/mail-1")
    .set("accept", "message/rfc822")
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done(null, Buffer.concat(chunks)));
    });
  expect(raw.headers["content-type"]).toBe("message/rfc822");
  expect(raw.body).toEqual(RAW);
  await request(app).delete("/_sim/mails/mail-1").expect(204);
  await request(app).delete("/_sim/mails/mail-1").expect(404);
  await request(app).get("/_sim/mails/mail-1").expect(404);
});

test("throws mails away, and everything at a reset", async () => {
  arrive("a@example.com");
  await request(app).delete("/_sim/mails").expect(204);
  expect(mail.mailbox.count()).toBe(0);
  arrive("a@example.com");
  mail.faults.add({ stage: "mail", kind: "stall" });
  await request(app).post("/_sim/reset").expect(204);
  expect([mail.mailbox.count(), mail.faults.list().length]).toEqual([0, 0]);
});

test("takes a snapshot of the mails and goes back to it", async () => {
  arrive("a@example.com");
  const { body: snapshot } = await request(app).get("/_sim/mail-snapshot").expect(200);
  await request(app).post("/_sim/reset").expect(204);
  await request(app).put("/_sim/mail-snapshot").send(snapshot).expect(204);
  expect(mail.snapshot()).toEqual(snapshot);
  expect(mail.mailbox.get("mail-1")?.raw).toEqual(RAW);
  const late = { ...snapshot, mails: [{ ...snapshot.mails[0], receivedAtMs: 1e16 }] };
  await request(app).put("/_sim/mail-snapshot").send(late).expect(400);
  await request(app).put("/_sim/mail-snapshot").send({}).expect(400);
  expect(mail.snapshot()).toEqual(snapshot);
});

test("plans faults, shows what became of them, and takes them out", async () => {
  const planned = [
    { stage: "auth", kind: "reply", code: 535, times: "forever" },
    { stage: "message", kind: "reset", afterBytes: 100 },
  ];
  const { body } = await request(app).post("/_sim/smtp-faults").send(planned).expect(201);
  mail.faults.due({ stage: "auth" })[0]?.strike();
  const { body: listed } = await request(app).get("/_sim/smtp-faults").expect(200);
  expect(listed.faults).toMatchObject([{ id: body.ids[0], hitCount: 1 }, { hitCount: 0 }]);
  await request(app).delete(`/_sim/smtp-faults/${body.ids[0]}`).expect(204);
  await request(app).delete(`/_sim/smtp-faults/${body.ids[0]}`).expect(404);
  await request(app).delete("/_sim/smtp-faults").expect(204);
  expect(mail.faults.list()).toEqual([]);
});

test("answers what it cannot read with problems", async () => {
  for (const answer of [
    await request(app).get("/_sim/mails?wait=601"),
    await request(app).get("/_sim/mails?count=2"),
    await request(app).get("/_sim/mails?recipient=a"),
    await request(app).post("/_sim/smtp-faults").send({ stage: "mail", kind: "garbage" }),
  ]) {
    expect(problemSchema.parse(answer.body).status).toBe(400);
  }
});
