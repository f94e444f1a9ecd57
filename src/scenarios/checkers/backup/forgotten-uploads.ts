import type { BackupRun } from "../../observation/backup-run.ts";
import type { Scenario } from "../../scenario/scenario.ts";

/** So long the service keeps an upload that nobody goes on with. */
const UPLOAD_KEPT_MS = 72 * 3_600_000;

const UPLOADS = "/v1/uploads/";

/** An upload that is on its way: the bytes that the service took of it, and when it was last gone on with. */
interface UnderWay {
  bytes: number;
  touchedMs: number;
  isForgotten: boolean;
}

/**
 * Uploads whose notes, or whose ends, may be lost with a power that failed: nobody goes on with them, and nobody ends them. Where the
 * service has a limit of memory they take its room until it lets them go. Without such a limit there are none.
 */
export class ForgottenUploads {
  readonly #hasLimit: boolean;
  /** By the path of each upload. */
  readonly #underWay = new Map<string, UnderWay>();

  constructor({ serviceTuning }: Pick<Scenario, "serviceTuning">) {
    this.#hasLimit = serviceTuning?.memoryBytesMax !== undefined;
  }

  /** How many bytes may be held by uploads of which a run knows nothing. */
  bytesAt(run: BackupRun): number {
    const known = new Set(run.requests.map(({ path }) => path));
    let bytes = 0;
    for (const [path, upload] of this.#underWay) {
      const isKept = run.startedMs - upload.touchedMs < UPLOAD_KEPT_MS;
      if (upload.isForgotten && isKept && !known.has(path)) bytes += upload.bytes;
    }
    return bytes;
  }

  /** Takes in what a run did. */
  add(run: BackupRun): void {
    if (!this.#hasLimit) return;
    const completed = new Set<string>();
    const isPowerLost = [run.stop, run.stopBehind].some((stop) => stop?.kind === "power-loss");
    for (const { method, path, status, bodyBytes } of run.requests) {
      if (!path.startsWith(UPLOADS)) continue;
      const upload = this.#underWay.get(path) ?? { bytes: 0, touchedMs: 0, isForgotten: false };
      this.#underWay.set(path, upload);
      upload.touchedMs = run.endedMs;
      upload.isForgotten = false;
      // One that was answered by nobody may have come in all the same.
      if (method === "PATCH" && (status === 204 || status === 0)) upload.bytes += bodyBytes;
      else if (method === "PATCH" && (status === 200 || status === 201)) completed.add(path);
      else if (method === "DELETE") this.#underWay.delete(path);
    }
    // Whose end is forgotten is sent once more, beside what came of it.
    if (!isPowerLost) for (const path of completed) this.#underWay.delete(path);
    else for (const upload of this.#underWay.values()) upload.isForgotten = true;
  }
}
