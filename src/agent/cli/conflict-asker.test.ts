import { PassThrough } from "node:stream";

import { expect, onTestFinished, test } from "vitest";

import type { Conflict } from "../jobs/requests.ts";
import { ConflictAsker } from "./conflict-asker.ts";
import { LinePrompt } from "./line-prompt.ts";
import { Output } from "./output/output.ts";
import { fakeCliIo, type FakeCliIo } from "./testing/fake-cli-io.ts";

const CONFLICT: Conflict = {
  path: "/back/資料/a\u001b.txt",
  existing: { sizeBytes: 12, modifiedAtNs: 1_795_000_000_000_000_000n },
  restored: { sizeBytes: 2_048, modifiedAtNs: -1n },
};

interface Asked {
  readonly asker: ConflictAsker;
  readonly io: FakeCliIo;
  readonly ending: AbortController;
  /** Types a line once one more question was asked. */
  readonly type: (line: string) => Promise<void>;
  readonly end: () => void;
  readonly pauses: string[];
}

function asked(language: "ja" | "en" = "en"): Asked {
  const stdin = new PassThrough();
  const io = { ...fakeCliIo(), stdin };
  const prompt = new LinePrompt(io);
  onTestFinished(() => prompt[Symbol.dispose]());
  const ending = new AbortController();
  const pauses: string[] = [];
  const asker = new ConflictAsker({
    prompt,
    output: new Output(io, { json: false, language }),
    write: (text) => void io.stderr.write(text),
    pauseProgress() {
      pauses.push("paused");
      return () => void pauses.push("resumed");
    },
    ending: ending.signal,
  });
  let questionCount = 0;
  return {
    asker,
    io,
    ending,
    pauses,
    type: async (line) => {
      questionCount += 1;
      const questions = (): number => io.err().match(/, s (skip|コピーしない)/g)?.length ?? 0;
      await expect.poll(questions).toBe(questionCount);
      stdin.write(`${line}\n`);
    },
    end: () => void stdin.end(),
  };
}

test.each([
  ["o", { choice: "overwrite", forAll: false }],
  ["k", { choice: "keep-both", forAll: false }],
  ["s", { choice: "skip", forAll: false }],
  ["O", { choice: "overwrite", forAll: true }],
  [" K ", { choice: "keep-both", forAll: true }],
  ["S", { choice: "skip", forAll: true }],
])("takes %j as %j", async (line, answer) => {
  const { asker, type, pauses } = asked();

  const answered = asker.ask(CONFLICT);
  await type(line);

  expect(await answered).toEqual(answer);
  expect(pauses).toEqual(["paused", "resumed"]);
});

test("shows both sizes and times, and nothing of a name that would move the cursor", async () => {
  const { asker, io, type } = asked("ja");

  const answered = asker.ask(CONFLICT);
  await type("s");
  await answered;

  expect(io.err()).toContain("同じ名前のファイルがあります: /back/資料/a\\u{1b}.txt");
  expect(io.err()).toMatch(/いまあるファイル +12B {2}2026\/11\/\d\d /);
  expect(io.err()).toMatch(/復元するファイル +2KB {2}19(70|69)\//);
  expect(io.err()).toContain("o 上書きコピー, k 別名コピー, s コピーしない");
});

test("asks again after what is no answer", async () => {
  const { asker, io, type } = asked();

  const answered = asker.ask(CONFLICT);
  await type("yes");
  await type("");
  await type("o");

  expect(await answered).toEqual({ choice: "overwrite", forAll: false });
  expect(io.err().match(/o overwrite/g)).toHaveLength(3);
});

test("asks one at a time, and no more once an answer was for all", async () => {
  const { asker, io, type } = asked();

  const answers = Promise.all([
    asker.ask(CONFLICT),
    asker.ask({ ...CONFLICT, path: "/back/b.txt" }),
    asker.ask({ ...CONFLICT, path: "/back/c.txt" }),
  ]);
  await type("k");
  await type("O");

  expect(await answers).toEqual([
    { choice: "keep-both", forAll: false },
    { choice: "overwrite", forAll: true },
    { choice: "overwrite", forAll: true },
  ]);
  expect(io.err()).not.toContain("c.txt");
});

test.each(["the input ended", "the tool closes"] as const)(
  "skips this and all the rest when %s",
  async (how) => {
    const { asker, ending, end } = asked();

    const answered = asker.ask(CONFLICT);
    if (how === "the input ended") end();
    else ending.abort();

    expect(await answered).toEqual({ choice: "skip", forAll: true });
    expect(await asker.ask(CONFLICT)).toEqual({ choice: "skip", forAll: true });
  },
);
