import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { CAUSES } from "../../protocol/causes/causes.ts";
import { STATUS_LABELS } from "../../protocol/status.ts";
import { aJob, aJobFile, aReport } from "../testing/fixtures.ts";
import { isWorthMail, mailText, testMailText } from "./text.ts";
import { message } from "../../messages/message.ts";

const DENIED = { status: "access-denied", causes: ["B-AD-1"] } as const;
const NOT_RUN = { status: "not-run", causes: ["B-NR-1", "B-NR-5"], endedAtMs: null } as const;

/** The text with its line breaks taken out, as far as prose goes. */
function flat(text: string): string {
  return text.replaceAll("\n", "");
}

describe("a run", () => {
  test("is worth a mail exactly when some row of it is not 完了 (D14)", () => {
    expect(isWorthMail(aReport([aJob(), aJob()]))).toBe(false);
    expect(isWorthMail(aReport([]))).toBe(false);
    expect(isWorthMail(aReport([aJob(), aJob(DENIED)]))).toBe(true);
    expect(isWorthMail(aReport([aJob(), aJob({ ...NOT_RUN, kind: "delete" })]))).toBe(true);
  });
});

describe("the subject", () => {
  test("has the statuses in trouble, each once, and the PC", () => {
    const jobs = [aJob(), aJob(DENIED), aJob(DENIED), aJob(NOT_RUN)];

    expect(mailText(aReport(jobs)).subject).toBe(
      "【自動バックアップ】未完了（アクセス不可）、未実行: 営業部PC",
    );
  });

  test("names two statuses and says that there are more", () => {
    const jobs = [aJob(NOT_RUN), aJob(DENIED), aJob({ status: "unexpected", causes: ["B-UX-1"] })];

    expect(mailText(aReport(jobs)).subject).toContain("未実行、未完了（アクセス不可） ほか: ");
  });
});

describe("the text", () => {
  test("tells PC, source, times on the PC's clock, status, cause, remedy and counts", () => {
    const job = aJob({ ...DENIED, sourcePath: "C:\\資料", targetCount: 1_234, processedCount: 9 });
    const { text } = mailText(aReport([job]));

    expect(text).toContain("PC「営業部PC」");
    expect(text).toContain("1. バックアップ: 未完了（アクセス不可）\nバックアップ元: C:\\資料\n");
    expect(text).toContain("開始日時: 2026/11/21 12:00:00\n終了日時: 2026/11/21 12:00:12\n");
    expect(text).toContain("対象: 1,234件（処理済み 9件）\n転送: 1件（2,048バイト）\n");
    expect(flat(text)).toContain(CAUSES["B-AD-1"].ja.cause);
    expect(flat(text)).toContain("対処: azukeru-agent history show 1 でファイルを確かめ");
  });

  test("lists what cannot be told apart, and shows no counts of a run that was none", () => {
    const { text } = mailText(aReport([aJob(NOT_RUN)]));

    for (const id of NOT_RUN.causes) expect(flat(text)).toContain(CAUSES[id].ja.cause);
    expect(text).toContain("終了日時: -\n考えられる原因は、次のとおりです。\n");
    expect(text).not.toContain("転送");
  });

  test("has deletions with what was to be deleted and what was", () => {
    const job = aJob({ ...NOT_RUN, kind: "delete", status: "interrupted" });
    const { text } = mailText(aReport([{ ...job, targetFileCount: 3, targetBytes: 4_096 }]));

    expect(text).toContain("1. 差分比較削除: 未完了（中断）\n削除元のフォルダ: ");
    expect(text).toContain("削除対象ファイル: 3件（4,096バイト）\n削除済み: 1件（2,048バイト）\n");
  });

  test("names the first 100 files in trouble and counts the rest", () => {
    const rows = Array.from({ length: 150 }, (_, index) =>
      aJobFile({ path: `dir/file-${index + 1}.txt`, status: "access-denied" }),
    );
    const report = aReport([aJob(DENIED)]);
    const jobs = report.jobs.map((one) => ({
      ...one,
      troubledFiles: rows,
      troubledFileCount: 1_150,
    }));

    const { text } = mailText({ ...report, jobs });

    expect(text).toContain("問題のあったファイルとフォルダ: 1,150件\n");
    expect(text).toContain("  未完了（アクセス不可）  dir/file-100.txt\n  ほか 1,050件\n");
    expect(text).not.toContain("file-101.txt");
  });

  test("shows every status by its label", () => {
    for (const status of ["waiting", "out-of-memory", "unexpected"] as const) {
      expect(mailText(aReport([aJob({ kind: "delete", status })])).text).toContain(
        STATUS_LABELS[status],
      );
    }
  });

  test("has no control character and no bidirectional mark of a name in it, and a bounded length", () => {
    const name = fc.string({
      unit: fc.constantFrom("a", "\r", "\n", "\0", "\u001b", "\u202e", "\ud800", "漢", "\u2028"),
      maxLength: 2_000,
    });
    fc.assert(
      fc.property(name, name, name, (deviceName, sourcePath, path) => {
        const job = aJob({
          ...DENIED,
          sourcePath,
          detail: message("restore.path-not-on-service", { path }),
        });
        const troubledFiles = [aJobFile({ path, status: "access-denied" })];
        const jobs = [{ job, troubledFiles, troubledFileCount: 1 }];

        const { subject, text } = mailText({ deviceName, zone: "Asia/Tokyo", jobs });

        expect(subject).toMatch(/^[^\p{Cc}\p{Cs}\u2028\u202e]*$/u);
        expect(text).toMatch(/^(\n|[^\p{Cc}\p{Cs}\u2028\u202e])*$/u);
        expect(text.length).toBeLessThan(6_000);
      }),
    );
  });
});

test("the test mail says which PC sent it and what to do next", () => {
  const { subject, text } = testMailText("営業部PC\r\nBcc: x@example.com");

  expect(subject).toContain("テストメール: 営業部PC\\u{d}\\u{a}Bcc");
  expect(text).toContain("azukeru-agent mail confirm");
});
