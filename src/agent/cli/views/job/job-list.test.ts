import { describe, expect, test } from "vitest";

import { STATUS_LABELS } from "../../../../protocol/status.ts";
import { Output } from "../../output/output.ts";
import { fakeCliIo } from "../../testing/fake-cli-io.ts";
import { jobRecord } from "../../testing/job-records.ts";
import { renderJob } from "./job-details.ts";
import { renderJobs } from "./job-list.ts";
import { textWidth } from "../../../../terminal/text-width.ts";

const restore = jobRecord({
  id: 4,
  kind: "restore",
  sourcePath: "セキュリティ領域/自動バックアップ/管理者フォルダ(taro)/pc/資料",
  destination: "/home/taro/とても長い名前のフォルダ/復元したもの",
  settings: { kind: "restore", entryKind: "folder", generation: null, onConflict: "ask" },
});

const deletion = jobRecord({
  id: 5,
  kind: "delete",
  settings: null,
  targetFileCount: 1_234,
  targetBytes: 4_096,
  transferredFileCount: 1_000,
  transferredBytes: 1,
});

function output(language: "ja" | "en", columns?: number): Output {
  const io = fakeCliIo({ env: { NO_COLOR: "1" } });
  const stdout = Object.assign(io.stdout, columns === undefined ? {} : { isTTY: true, columns });
  return new Output({ ...io, stdout }, { json: false, language });
}

function titles(text: string): string[] {
  return (text.split("\n")[0] ?? "").split(/ {2,}/);
}

describe("the columns of the history are those of the guides, behind the ID:", () => {
  test.each([
    ["backup", jobRecord(), "開始日時 終了日時 バックアップ元 ファイル数 容量 ステータス"],
    ["restore", restore, "開始日時 終了日時 復元元 復元先 ステータス"],
    [
      "delete",
      deletion,
      "開始日時 終了日時 削除対象のバックアップ元フォルダ 削除対象ファイル数 容量 ステータス",
    ],
  ] as const)("%s", (kind, job, wanted) => {
    expect(titles(renderJobs(kind, [job], output("ja")))).toEqual(["ID", ...wanted.split(" ")]);
  });
});

test("a deletion shows its targets, not what it deleted of them", () => {
  const row = renderJobs("delete", [deletion], output("ja")).split("\n")[1];

  expect(row).toMatch(/1,234ファイル +4KB +完了$/);
});

test("a job that waits has no start yet, and one that did not run no end, no file and no byte", () => {
  const waiting = {
    ...deletion,
    status: "waiting",
    causes: ["DEL-WT-1"],
    endedAtMs: null,
  } as const;
  const notRun = {
    ...deletion,
    status: "not-run",
    causes: ["DEL-NR-1"],
    endedAtMs: null,
    targetFileCount: 0,
    targetBytes: 0,
  } as const;

  const [, first, second] = renderJobs("delete", [waiting, notRun], output("ja")).split("\n");

  expect(first).toMatch(/^ 5 +\/home\/taro\/docs +待機中$/);
  expect(second).toMatch(/^ 5 {2}2026\/11\/\d\d \S+ +\/home\/taro\/docs +0ファイル +0B {2}未実行$/);
});

test("no row is wider than a terminal of 80 columns, whatever the status and the language", () => {
  const statuses = Object.keys(STATUS_LABELS) as (keyof typeof STATUS_LABELS)[];
  for (const language of ["ja", "en"] as const) {
    for (const job of [jobRecord(), restore, deletion]) {
      const jobs = statuses.map((status) => ({ ...job, status, causes: [] }));

      const lines = renderJobs(job.kind, jobs, output(language, 80)).split("\n");

      // Two lines a row, below two of titles.
      expect(lines).toHaveLength(2 * (statuses.length + 1));
      expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80);
    }
  }
});

test("a wide terminal has a row in one line", () => {
  const lines = renderJobs("restore", [restore], output("ja", 200)).split("\n");

  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(restore.destination);
});

describe("the head of the details", () => {
  test("of a restore says from where, to where, which generation and what was done with conflicts", () => {
    const text = renderJob(restore, output("ja"));

    expect(text).toContain("ID                  4 (復元)");
    expect(text).toMatch(/復元元 +セキュリティ領域/);
    expect(text).toMatch(/世代 +最新/);
    expect(text).toMatch(/同名のファイル +そのつど確認/);
  });

  test("of a deletion says how many files were to go, and how many went", () => {
    const text = renderJob(deletion, output("ja"));

    expect(text).toMatch(/削除対象のバックアップ元フォルダ +\/home\/taro\/docs/);
    expect(text).toMatch(/削除対象ファイル数 +1,234ファイル/);
    expect(text).toMatch(/削除 +1,000ファイル \(1B\)/);
  });

  test("of a running job says how far it is, and how long it runs", () => {
    const startedAtMs = Date.now() - 65_000;
    const running = jobRecord({
      status: "running",
      startedAtMs,
      endedAtMs: null,
      targetCount: 10,
      processedCount: 4,
    });

    const text = renderJob(running, output("en"));

    expect(text).toMatch(/Elapsed +1:0[56]/);
    expect(text).toMatch(/Done +4 \/ 10 \(40 % of the targets found so far\)/);
  });

  test("of a job that did not run says that nothing was done, and not how far", () => {
    const none = { targetFileCount: 0, targetBytes: 0, transferredFileCount: 0 } as const;
    const job = { ...deletion, ...none, status: "not-run", endedAtMs: null } as const;
    const text = renderJob(job, output("en"));

    expect(text).toMatch(/Target files +0 files/);
    expect(text).not.toContain("%");
    expect(text).toMatch(/Elapsed +-/);
  });
});
