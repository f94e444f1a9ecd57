import { readFileSync } from "node:fs";

const LOOK_EVERY_MS = 10;

/** Watches how much memory a process and those it started keep resident. */
export interface MemoryWatch {
  /**
   * Bytes. The highest peak of any one of the processes so far, as the system itself keeps it
   * (`VmHWM`), so that no peak between two looks is missed; only what happened after the last look
   * is. Null where there is no `/proc`.
   */
  readonly peakBytes: number | null;
  stop(): void;
}

/** Starts to watch; the watch ends by itself when the process is gone. */
export function watchMemory(pid: number): MemoryWatch {
  let peakBytes: number | null = null;
  const look = (): void => {
    const seen = peakOfTree(pid);
    if (seen !== null) peakBytes = Math.max(peakBytes ?? 0, seen);
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    get peakBytes() {
      return peakBytes;
    },
    stop: () => clearInterval(timer),
  };
}

/** The highest `VmHWM` among a process and its descendants; null when none can be read. */
function peakOfTree(pid: number): number | null {
  const status = read(`/proc/${pid}/status`);
  const own = /^VmHWM:\s+(\d+) kB$/m.exec(status ?? "")?.[1];
  const children = (read(`/proc/${pid}/task/${pid}/children`) ?? "").split(" ").filter(Boolean);
  const peaks = [
    own === undefined ? null : Number(own) * 1024,
    ...children.map((child) => peakOfTree(Number(child))),
  ].filter((peak) => peak !== null);
  return peaks.length === 0 ? null : Math.max(...peaks);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process is gone, or this system has no /proc.
    return undefined;
  }
}
