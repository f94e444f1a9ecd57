import { PassThrough } from "node:stream";

import { expect, test } from "vitest";

import { LinePrompt } from "./line-prompt.ts";
import { fakeCliIo } from "./testing/fake-cli-io.ts";

function prompted(): { readonly prompt: LinePrompt; readonly stdin: PassThrough } {
  const stdin = new PassThrough();
  return { stdin, prompt: new LinePrompt({ ...fakeCliIo(), stdin }) };
}

test("gives line after line, each to its question", async () => {
  const { prompt, stdin } = prompted();
  using _closing = prompt;

  const first = prompt.ask("first? ");
  stdin.write("one\n");
  expect(await first).toBe("one");
  const second = prompt.ask("second? ");
  stdin.write("two\n");

  expect(await second).toBe("two");
});

test("does not take for an answer what was typed before the question", async () => {
  const { prompt, stdin } = prompted();
  using _closing = prompt;
  const first = prompt.ask("first? ");
  stdin.write("one\ntyped too early\n");
  await first;
  await new Promise((resolve) => setImmediate(resolve));

  const second = prompt.ask("second? ");
  stdin.write("two\n");

  expect(await second).toBe("two");
});

test("is possible only where somebody reads and types", () => {
  const io = fakeCliIo();
  const terminal = { isTTY: true } as const;

  expect(LinePrompt.isPossible(io)).toBe(false);
  for (const part of ["stdin", "stderr"] as const) {
    expect(LinePrompt.isPossible({ ...io, [part]: Object.assign(io[part], terminal) })).toBe(
      part === "stderr",
    );
  }
});
