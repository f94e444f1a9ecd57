import { Writable } from "node:stream";

import { expect, test } from "vitest";

import { ProgressBar } from "./progress-bar.ts";
import type { ProgressReading } from "../views/progress.ts";

/** A terminal of 80 columns that keeps what is written to it. */
function fakeTerminal(): {
  stream: Writable & { isTTY: true; columns: number };
  text: () => string;
} {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      written.push(chunk.toString());
      done();
    },
  });
  return {
    stream: Object.assign(stream, { isTTY: true as const, columns: 80 }),
    text: () => written.join(""),
  };
}

function reading(filesDone: number): ProgressReading {
  const totals = { filesTotal: 1_000, bytesTotal: 1_000_000 };
  return {
    progress: {
      ...totals,
      jobId: 1,
      sourcePath: "/s",
      filesDone,
      bytesDone: filesDone * 1_000,
      currentPath: null,
    },
    elapsedSeconds: 1,
    bytesPerSecond: 1_000,
    secondsLeft: 1_000 - filesDone,
    ratio: filesDone / 1_000,
  };
}

test("draws at most about ten times a second and leaves the screen clean", async () => {
  const { stream, text } = fakeTerminal();
  const bar = new ProgressBar(stream, "en");

  const endsAt = performance.now() + 1_000;
  for (let files = 0; performance.now() < endsAt; files += 1) {
    bar.show(reading(files % 1_000));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const drawn = text().match(/\/1,000 files/g)?.length ?? 0;
  bar.clear();
  bar.clear();

  expect(drawn).toBeGreaterThan(1);
  expect(drawn).toBeLessThanOrEqual(12);
  // The cursor is hidden while the bar is there, and shown again.
  expect(text()).toContain("\u001b[?25l");
  expect(text().lastIndexOf("\u001b[?25h")).toBeGreaterThan(text().lastIndexOf("\u001b[?25l"));
  expect(text().endsWith("\u001b[2K")).toBe(true);
});
