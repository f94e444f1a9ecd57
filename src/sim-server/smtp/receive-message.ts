import type { SMTPServerDataStream } from "smtp-server";

import type { DueFault } from "../faults/fault-plan.ts";
import type { SmtpFault } from "../faults/smtp-fault.ts";

/** A mail's content as it came. */
export interface ReceivedMessage {
  /** All of it; `too-large` for more than allowed, `no-room` for more than there is room for. */
  readonly raw: Buffer | "too-large" | "no-room";
  readonly sizeBytes: number;
}

/** Where what is coming in has its room. */
export interface MessageRoom {
  /** Takes so many bytes; `false` when there is no room for them. */
  reserve(byteCount: number): boolean;
  release(byteCount: number): void;
}

/**
 * Collects a message to its end. Its bytes have their room in `room` until then. When so many bytes have come as a fault of the stage `message` waits
 * for, reading stops and `strike` is asked whether to go on; without going on it never settles.
 * Rejects when the connection closes in the middle. What exceeds the limit is read and dropped.
 */
export function receiveMessage(
  stream: SMTPServerDataStream,
  room: MessageRoom,
  due: readonly DueFault<SmtpFault>[],
  strike: (faults: readonly DueFault<SmtpFault>[]) => Promise<boolean>,
): Promise<ReceivedMessage> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let sizeBytes = 0;
    let heldBytes = 0;
    let isCrowded = false;
    let waiting = [...due];
    const letGo = (): void => {
      chunks = [];
      room.release(heldBytes);
      heldBytes = 0;
    };
    const hold = (chunk: Buffer): void => {
      isCrowded ||= !room.reserve(chunk.length);
      if (isCrowded) return letGo();
      heldBytes += chunk.length;
      chunks.push(chunk);
    };
    stream.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (stream.sizeExceeded) letGo();
      else hold(chunk);
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
        fail(error);
      }
    };
    const fail = (error: unknown): void => {
      letGo();
      reject(error);
    };
    // Silence or a fault may end the connection without an error.
    stream.on("error", fail).on("close", letGo);
    stream.on("end", () => {
      const whole = isCrowded ? "no-room" : Buffer.concat(chunks);
      letGo();
      resolve({ raw: stream.sizeExceeded ? "too-large" : whole, sizeBytes });
    });
  });
}

function thresholdOf({ fault }: DueFault<SmtpFault>): number {
  return "afterBytes" in fault ? (fault.afterBytes ?? 1) : 1;
}
