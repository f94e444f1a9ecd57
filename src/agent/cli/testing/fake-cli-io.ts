import { PassThrough, Writable } from "node:stream";

import type { CliIo } from "../cli-io.ts";

/** A command's process as a test has it: what it reads is given, what it writes is kept. */
export interface FakeCliIo extends CliIo {
  /** All of standard output so far. */
  out(): string;
  /** All of standard error so far. */
  err(): string;
}

/** Streams that are no terminals, with `stdin` as the whole input. */
export function fakeCliIo(
  given: { readonly stdin?: string; readonly env?: Record<string, string | undefined> } = {},
): FakeCliIo {
  const out: string[] = [];
  const err: string[] = [];
  const stdin = new PassThrough();
  stdin.end(given.stdin ?? "");
  return {
    stdin,
    stdout: keepingStream(out),
    stderr: keepingStream(err),
    env: given.env ?? { LANG: "en_US.UTF-8" },
    out: () => out.join(""),
    err: () => err.join(""),
  };
}

function keepingStream(kept: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done): void {
      kept.push(chunk.toString());
      done();
    },
  });
}
