import { fileSystemOf } from "../../core/device-id.ts";
import { COMPLETED, failure, NO_DIFFERENCE } from "../../core/file-outcome.ts";
import { startSha256 } from "../../core/sha256.ts";
import { DiskError, type DiskStat, type OpenFile } from "../../ports/source-disk.ts";
import { ServiceError, type Upload } from "../../ports/service.ts";
import type { PendingUpload } from "../../state/pending-uploads.ts";
import { pause } from "../pause.ts";
import { StoppedError } from "../job-stop.ts";
import { alreadyStored, storedAs } from "./already-stored.ts";
import type { BackupContext } from "./backup-context.ts";
import type { BackedUpState } from "./backup-recorder.ts";
import type { ComparedTarget } from "./compare.ts";
import { readAhead } from "./read-ahead.ts";
import { CHANGED_WHILE_READ, isSameState, statOfFile } from "./read-stable-file.ts";
import { hasModeOf, saveMode } from "./save-mode.ts";
import { settleError } from "./settle.ts";
import { UploadCursor } from "./upload-cursor.ts";
import { servicePathOf } from "./service-path-of.ts";
import { message } from "../../../messages/message.ts";

/** What one try of a large file came to. */
type Attempt = "sent" | "no-difference" | "changed" | "rejected";

/**
 * Sends a large file piece by piece. It is read once: hashed, sent, and committed only when its
 * state after the last byte is what it was before the first (D8). An upload that an earlier job or
 * an earlier try left goes on where the service says it stopped, provided that the file is still
 * the same.
 */
export async function sendLarge(
  context: BackupContext,
  target: ComparedTarget,
  leftover: PendingUpload | undefined,
): Promise<void> {
  let pending = leftover;
  try {
    for (let triesLeft = context.tuning.unstableFileRetryCount; ; triesLeft -= 1) {
      if (context.stop.reason !== undefined) throw new StoppedError();
      const outcome = await attempt(context, target, pending);
      if (outcome === "sent" || outcome === "no-difference") return;
      if (triesLeft === 0) {
        context.recorder.finish(target, outcome === "changed" ? CHANGED_WHILE_READ : REJECTED);
        return;
      }
      pending = undefined;
      await pause(context.clock, context.tuning.unstableFileRetryDelayMs, context.stop);
    }
  } catch (error) {
    settleError(context, target, error);
  }
}

const REJECTED = failure("unexpected", ["B-UX-10"], message("backup.bytes-rejected"));

async function attempt(
  context: BackupContext,
  target: ComparedTarget,
  pending: PendingUpload | undefined,
): Promise<Attempt> {
  const file = await openWithRetries(context, target.diskPath);
  try {
    const readAtMs = context.clock.nowMs();
    const stat = await statOfFile(file, target.diskPath);
    const digestFirst = target.known?.modifiedAtNs === stat.modifiedAtNs || pending !== undefined;
    if (digestFirst && (await isOnService(context, target, { file, stat, readAtMs, pending }))) {
      return "no-difference";
    }
    const upload = await resumeOrCreate(context, target, stat, pending);
    return await sendAndCommit(context, target, { file, stat, readAtMs, upload });
  } finally {
    await file.close();
  }
}

interface Reading {
  readonly file: OpenFile;
  readonly stat: DiskStat;
  readonly readAtMs: number;
}

/** Reads the file without sending it, where the service may well have these very bytes. */
async function isOnService(
  context: BackupContext,
  target: ComparedTarget,
  reading: Reading & { readonly pending: PendingUpload | undefined },
): Promise<boolean> {
  const { stat, readAtMs, pending } = reading;
  const isResumable = pending !== undefined && pending.upload !== null;
  if (isResumable && !(await isStoredWithSize(context, target, stat))) return false;
  const sha256 = await digestOf(context, reading.file, stat.sizeBytes);
  const state: BackedUpState = { stat, sha256, readAtMs };
  if (!isSameState(stat, await context.disk.stat(target.diskPath))) return false;
  const stored = await alreadyStored(context, target, state, pending);
  if (stored === undefined) return false;
  if (!stored.isModeSaved && !(await saveMode(context, target, state))) return false;
  context.recorder.finish(target, NO_DIFFERENCE, state);
  return true;
}

async function isStoredWithSize(
  context: BackupContext,
  target: ComparedTarget,
  stat: DiskStat,
): Promise<boolean> {
  const path = servicePathOf(context, target);
  const stored = await context.retrier.run(() => context.service.file(path));
  return stored?.sizeBytes === stat.sizeBytes && stored.modifiedAtNs === String(stat.modifiedAtNs);
}

async function digestOf(
  context: BackupContext,
  file: OpenFile,
  sizeBytes: number,
): Promise<string> {
  const digest = startSha256();
  for await (const piece of readAhead(file, sizeBytes, context.tuning.appendBytes)) {
    if (context.stop.reason !== undefined) throw new StoppedError();
    digest.update(piece);
  }
  return digest.hex();
}

/** Where to send: on with the noted upload when the file is what it was then, else a new one. */
async function resumeOrCreate(
  context: BackupContext,
  target: ComparedTarget,
  stat: DiskStat,
  pending: PendingUpload | undefined,
): Promise<Upload & { readonly offsetBytes: number }> {
  const { service, retrier, recorder } = context;
  const noted = pending?.upload ?? undefined;
  if (noted !== undefined) {
    const offsetBytes = isSameFile(pending, stat)
      ? await retrier.run(() => service.uploadOffset(noted.url))
      : undefined;
    if (offsetBytes !== undefined && offsetBytes <= stat.sizeBytes)
      return { ...noted, offsetBytes };
    await retrier.run(() => service.cancelUpload(noted.url));
  }
  const path = servicePathOf(context, target);
  const upload = await retrier.run(() => service.createUpload(path, stat));
  recorder.noteUpload({ ...stat, key: target.key, upload });
  return { ...upload, offsetBytes: 0 };
}

/** Whether a file is the one that a note is about, and was not changed since, be it under the same size and time. */
function isSameFile(noted: PendingUpload | undefined, stat: DiskStat): boolean {
  if (noted === undefined || noted.deviceId === null) return false;
  return (
    // Its id is of its file system, whichever place of that is mounted there.
    fileSystemOf(noted.deviceId) === fileSystemOf(stat.deviceId) &&
    noted.fileId === stat.fileId &&
    noted.sizeBytes === stat.sizeBytes &&
    noted.modifiedAtNs === stat.modifiedAtNs &&
    noted.changedAtNs === stat.changedAtNs
  );
}

async function sendAndCommit(
  context: BackupContext,
  target: ComparedTarget,
  sending: Reading & { readonly upload: Upload & { readonly offsetBytes: number } },
): Promise<Attempt> {
  const { file, stat, readAtMs, upload } = sending;
  const { service, retrier, recorder } = context;
  const cursor = new UploadCursor(context, upload);
  const digest = startSha256();
  const pieceBytes = Math.min(context.tuning.appendBytes, upload.appendBytesMax);
  let offset = 0;
  for await (const piece of readAhead(file, stat.sizeBytes, pieceBytes)) {
    if (context.stop.reason !== undefined) throw new StoppedError();
    digest.update(piece);
    if (!(await cursor.send(offset, piece))) return await giveUp(context, upload, "rejected");
    offset += piece.length;
    recorder.advance(target, offset);
  }
  const isSame = isSameState(stat, await context.disk.stat(target.diskPath));
  if (offset !== stat.sizeBytes || !isSame) return await giveUp(context, upload, "changed");
  const sha256 = digest.hex();
  const state: BackedUpState = { stat, sha256, readAtMs };
  try {
    const stored = await retrier.run(() =>
      service.completeUpload(upload.url, stat.sizeBytes, sha256),
    );
    // An upload that an earlier job began has the mode that the file had then.
    if (!hasModeOf(state, stored)) await saveMode(context, target, state);
  } catch (error) {
    const code = refusalCode(error);
    // The answer to an earlier try of this very commit may have been lost on its way.
    const mayBeDone = code === "upload-completed" || code === "not-found";
    const stored = mayBeDone ? await storedAs(context, target, state) : undefined;
    if (stored !== undefined) {
      if (!hasModeOf(state, stored)) await saveMode(context, target, state);
      recorder.finish(target, COMPLETED, state);
      return "sent";
    }
    if (mayBeDone || code === "digest-mismatch") return await giveUp(context, upload, "rejected");
    throw error;
  }
  recorder.finish(target, COMPLETED, state);
  return "sent";
}

function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return undefined;
  return error.failure.problem.code;
}

async function giveUp<Why extends Attempt>(
  context: BackupContext,
  upload: Upload,
  why: Why,
): Promise<Why> {
  try {
    await context.retrier.run(() => context.service.cancelUpload(upload.url));
  } catch (error) {
    // Only tidiness is lost: an upload nobody goes on with expires on the service by itself.
    if (!(error instanceof ServiceError) && !(error instanceof StoppedError)) throw error;
  }
  return why;
}

async function openWithRetries(context: BackupContext, path: string): Promise<OpenFile> {
  for (let triesLeft = context.tuning.unstableFileRetryCount; ; triesLeft -= 1) {
    if (context.stop.reason !== undefined) throw new StoppedError();
    try {
      return await context.disk.open(path);
    } catch (error) {
      const isPassing = error instanceof DiskError && error.kind === "locked";
      if (!isPassing || triesLeft === 0) throw error;
      await pause(context.clock, context.tuning.unstableFileRetryDelayMs, context.stop);
    }
  }
}
