import type { SMTPServerDataStream } from "smtp-server";

import type { DueFault } from "../faults/fault-plan.ts";
import type { SmtpFault } from "../faults/smtp-fault.ts";

/** A mail's content as it came. */
export interface ReceivedMessage {
  /** All of it; null when it was larger than allowed. */
  readonly raw: Buffer | null;
  readonly sizeBytes: number;
}

/**
 * Collects a message to its end. When so many bytes have come as a fault of the stage `message` waits
 * for, reading stops and `strike` is asked whether to go on; without going on it never settles.
 * Rejects when the connection closes in the middle. What exceeds the limit is read and dropped.
 */
export function receiveMessage(
  stream: SMTPServerDataStream,
  due: readonly DueFault<SmtpFault>[],
  strike: (faults: readonly DueFault<SmtpFault>[]) => Promise<boolean>,
): Promise<ReceivedMessage> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let sizeBytes = 0;
    let waiting = [...due];
    stream.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (stream.sizeExceeded) chunks = [];
      else chunks.push(chunk);
      const reached = waiting.filter((each) => sizeBytes >= thresholdOf(each));
      if (reached.length === 0) return;
      waiting = waiting.filter((each) => !reached.includes(each));
      stream.pause();
      void interrupt(reached);
    });
    const interrupt = async (reached: readonly DueFault<SmtpFault>[]): Promise<void> => {
      try {
        if (await strike(reached)) stream.resume();
      } catch (error) {
        reject(error);
      }
    };
    stream.on("error", reject);
    stream.on("end", () => {
      resolve({ raw: stream.sizeExceeded ? null : Buffer.concat(chunks), sizeBytes });
    });
  });
}

function thresholdOf({ fault }: DueFault<SmtpFault>): number {
  return "afterBytes" in fault ? (fault.afterBytes ?? 1) : 1;
}
