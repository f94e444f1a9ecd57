import type { OutputStream } from "../../terminal/output-stream.ts";
import type { Redactor } from "../../messages/redactor.ts";
import type { CliIo } from "./cli-io.ts";

/** The same streams, on which no secret is ever written (I10). */
export function redactedIo(io: CliIo, redactor: Redactor): CliIo {
  return {
    ...io,
    stdout: redactedStream(io.stdout, redactor),
    stderr: redactedStream(io.stderr, redactor),
  };
}

function redactedStream(stream: OutputStream, redactor: Redactor): OutputStream {
  return new Proxy(stream, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "write") return value.bind(target);
      return (text: unknown, ...rest: unknown[]): unknown =>
        value.call(target, typeof text === "string" ? redactor.redactShown(text) : text, ...rest);
    },
  });
}
