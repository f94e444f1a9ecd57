import { beforeAll, describe, expect, test } from "vitest";

import type { MailFact } from "../../observation/pc-record.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { honestRun, violatedBy } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    disk: "windows",
    deviceName: "営業部第二課の共有パソコン（三階の窓側、複合機の隣）",
    pc: { kind: "windows-11" },
    schedule: { weekdays: [0, 1, 2, 3, 4, 5, 6], time: "10:00" },
    mail: { to: ["owner@office.example", "boss@office.example"], secure: true, port: 465 },
    tree: {
      "/data/a": { content: { size: 1_234, seed: 1 } },
      "/data/b": { content: { text: "b" } },
    },
    timeline: [
      { do: "deny", path: "/data/b" },
      { do: "wait", ms: 90 * 60_000 },
      { do: "allow", path: "/data/b" },
      { do: "sleep" },
      { do: "wait", ms: 24 * 60 * 60_000 },
      {
        do: "smtp-faults",
        faults: [{ stage: "rcpt", kind: "reply", code: 450, recipient: "boss@*", times: 2 }],
      },
      { do: "wake" },
      { do: "wait", ms: 60 * 60_000 },
      { do: "smtp-faults", faults: [] },
    ],
  });
});

/** The record with each mail of a kind told otherwise. */
function withMails(
  which: "results" | "tests",
  change: (mail: MailFact) => Partial<MailFact> | null,
): RunRecord {
  const { pc } = honest;
  if (pc === undefined) throw new Error("there is no PC");
  const mails = pc.mails.flatMap((mail) => {
    if (mail.subject.includes("テスト") !== (which === "tests")) return [mail];
    const changed = change(mail);
    return changed === null ? [] : [{ ...mail, ...changed }];
  });
  return { ...honest, pc: { ...pc, mails } };
}

const replaced =
  (from: string | RegExp, to: string) =>
  (mail: MailFact): Partial<MailFact> => {
    const text = mail.text.replace(from, to);
    if (text === mail.text && mail.text.includes("アクセス不可")) {
      throw new Error(`no mail has ${String(from)}`);
    }
    return { text };
  };

describe("result mails", () => {
  test("that truly came are right, one of them in two parts", () => {
    expect(violatedBy(honest)).toEqual(new Set());
    expect(honest.pc?.mails.map(({ recipients }) => recipients.length)).toEqual([2, 2, 1, 1]);
  });

  test.each<[string, (mail: MailFact) => Partial<MailFact> | null]>([
    ["is lacking", () => null],
    ["has a blank in its subject", ({ subject }) => ({ subject: subject.replace("】", "】 ") })],
    ["names another PC", replaced(/営業部/g, "経理部")],
    ["counts its jobs otherwise", replaced("全1件", "全2件")],
    [
      "shows another status",
      replaced("バックアップ: 未完了（アクセス不可）", "バックアップ: 完了"),
    ],
    ["shows another end", replaced(/終了日時: .*/, "終了日時: -")],
    ["counts its targets otherwise", replaced("対象: 2件", "対象: 3件")],
    ["counts its bytes without commas", replaced("1,234", "1234")],
    ["names no cause", replaced(/（B-AD-1）/, "")],
    ["counts no file in trouble", replaced(/問題のあったファイルとフォルダ: .*/, "")],
    ["names no file in trouble", replaced(/ {2}未完了（アクセス不可） {2}b/, "")],
    ["is dated a day later", ({ dateMs }) => ({ dateMs: dateMs + 86_400_000 })],
    ["is dated a minute earlier", ({ dateMs }) => ({ dateMs: dateMs - 60_000 })],
    ["has no date", () => ({ dateMs: Number.NaN })],
    ["came without TLS", () => ({ isTls: false })],
    ["is not said to be automatic", () => ({ isAutomatic: false })],
    ["told what the PC is called in its network", () => ({ clientName: "pc-1.office.local" })],
    ["came without a login", () => ({ user: null })],
    ["shows one recipient", () => ({ toHeader: "owner@office.example" })],
    ["is from another", () => ({ fromHeader: "somebody@office.example" })],
    [
      "went to both each time",
      ({ recipients }) => ({
        recipients: [...new Set([...recipients, "owner@office.example", "boss@office.example"])],
      }),
    ],
    [
      "never went to the one who was put off",
      ({ recipients }) =>
        recipients.length === 1 && recipients[0] === "boss@office.example" ? null : {},
    ],
  ])("one that %s violates I8", (_, change) => {
    expect(violatedBy(withMails("results", change))).toContain("I8");
  });

  test.each<[string, (mail: MailFact) => Partial<MailFact>]>([
    ["names another PC", ({ subject }) => ({ subject: subject.replace("営業", "経理") })],
    ["does not say what to do next", () => ({ text: "テスト" })],
    ["came without TLS", () => ({ isTls: false })],
  ])("a test mail that %s violates I8", (_, change) => {
    expect(violatedBy(withMails("tests", change))).toContain("I8");
  });

  test("a login before TLS violates I8", () => {
    const { pc } = honest;
    if (pc === undefined) throw new Error("there is no PC");
    const smtp = pc.smtp.filter(({ kind }) => kind !== "tls");
    expect(violatedBy({ ...honest, pc: { ...pc, smtp } })).toContain("I8");
  });
});
