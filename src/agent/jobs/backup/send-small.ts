import { COMPLETED, NO_DIFFERENCE, type FileOutcome } from "../../core/file-outcome.ts";
import { isNotNow } from "../../../protocol/http/is-not-now.ts";
import { sha256Hex } from "../../core/sha256.ts";
import type { BatchPart, PartResult, SmallFile } from "../../ports/service.ts";
import { exchangeFailed, ServiceError } from "../../ports/service.ts";
import type { DiskStat } from "../../ports/source-disk.ts";
import type { PendingUpload } from "../../state/pending-uploads.ts";
import type { Problem } from "../../../protocol/http/problem.ts";
import { alreadyStored } from "./already-stored.ts";
import type { BackupContext } from "./backup-context.ts";
import type { BackedUpState } from "./backup-recorder.ts";
import type { ComparedTarget } from "./compare.ts";
import type { SendUnit } from "./pack.ts";
import { CHANGED_WHILE_READ } from "./read-stable-file.ts";
import { readWithRetries } from "./read-with-retries.ts";
import { isOtherFile, modePart } from "./save-mode.ts";
import { sendLarge } from "./send-large.ts";
import { settleError, settleRefusal } from "./settle.ts";
import { servicePathOf } from "./service-path-of.ts";
import { message } from "../../../messages/message.ts";

/** A target whose bytes are in memory, ready to go. */
interface Prepared {
  readonly target: ComparedTarget;
  readonly part: BatchPart;
  readonly state: BackedUpState;
  /** What it is once the service has the part: of a file that lacked its mode only, no difference. */
  readonly outcome: FileOutcome;
}

/**
 * Reads the targets of a batch or a whole-file unit, leaves out what turns out to be on the service
 * already, and sends the rest in one request. One target's failure is its own (F21).
 */
export async function sendSmall(context: BackupContext, unit: SendUnit): Promise<void> {
  const leftovers = unit.targets.map((target) => context.recorder.findPending(target));
  context.recorder.begin(unit.targets);
  const prepared: Prepared[] = [];
  for (const [index, target] of unit.targets.entries()) {
    try {
      const ready = await prepare(context, target, leftovers[index]);
      if (ready !== undefined) prepared.push(ready);
    } catch (error) {
      settleError(context, target, error);
    }
  }
  const [first] = prepared;
  if (first === undefined) return;
  const { part } = first;
  if (unit.kind === "whole" && part.kind === "file") await sendWhole(context, first, part);
  else await sendBatch(context, prepared);
}

async function prepare(
  context: BackupContext,
  target: ComparedTarget,
  leftover: PendingUpload | undefined,
): Promise<Prepared | undefined> {
  const path = servicePathOf(context, target);
  if (target.entryKind === "folder") {
    const state = backedUp(context, target.stat, "");
    return { target, part: { kind: "folder", path }, state, outcome: COMPLETED };
  }
  if (target.isUnchanged && !target.isModeSaved && target.known !== undefined) {
    return withModeOnly(context, target, backedUp(context, target.stat, target.known.sha256));
  }
  const readAtMs = context.clock.nowMs();
  const file = await readWithRetries(context, target.diskPath, context.tuning.wholeFileBytesMax);
  if (file.kind === "changed") {
    context.recorder.finish(target, CHANGED_WHILE_READ);
    return undefined;
  }
  if (file.kind === "too-large") {
    // It grew since the scan: it goes the way of large files.
    await sendLarge(context, { ...target, stat: file.stat }, leftover);
    return undefined;
  }
  const { content, stat } = file;
  const sha256 = sha256Hex(content);
  const state = { stat, sha256, readAtMs };
  const stored = await alreadyStored(context, target, state, leftover);
  if (stored?.isModeSaved === false) return withModeOnly(context, target, state);
  if (stored !== undefined) {
    context.recorder.finish(target, NO_DIFFERENCE, state);
    return undefined;
  }
  const { modifiedAtNs, mode } = stat;
  const part = { kind: "file", path, content, sha256, modifiedAtNs, mode } as const;
  return { target, part, state, outcome: COMPLETED };
}

/** A file whose bytes are on the service: its mode goes there without them. */
function withModeOnly(
  context: BackupContext,
  target: ComparedTarget,
  state: BackedUpState,
): Prepared | undefined {
  const part = modePart(context, target, state);
  if (part !== undefined) return { target, part, state, outcome: NO_DIFFERENCE };
  context.recorder.finish(target, NO_DIFFERENCE, state);
  return undefined;
}

function backedUp(context: BackupContext, stat: DiskStat, sha256: string): BackedUpState {
  return { stat, sha256, readAtMs: context.clock.nowMs() };
}

async function sendWhole(
  context: BackupContext,
  { target, state }: Prepared,
  part: SmallFile,
): Promise<void> {
  try {
    await context.retrier.run(() => context.service.putFile(part));
    context.recorder.finish(target, COMPLETED, state);
  } catch (error) {
    settleError(context, target, error);
  }
}

/** A part that the service could not serve just now, as the error a whole request would have been. */
class PartNotNowError extends ServiceError {}

async function sendBatch(context: BackupContext, prepared: readonly Prepared[]): Promise<void> {
  // What was not committed or refused for good yet; shrinks from try to try.
  let open = prepared;
  const lost: Prepared[] = [];
  try {
    await context.retrier.run(async () => {
      const results = await context.service.putBatch(open.map(({ part }) => part));
      const isOpen = context.recorder.batch(() =>
        open.map((item, index) => {
          const result = results[index];
          const isLost = isModeOfOtherFile(item, result);
          if (isLost) lost.push(item);
          return !isLost && !settlePart(context, item, result);
        }),
      );
      const isDamaged = results.some((result, index) => isOpen[index] && isDamage(result));
      open = open.filter((_, index) => isOpen[index]);
      if (open.length > 0) throw partsNotNow(open.length, isDamaged ? "corrupt" : "unavailable");
    });
  } catch (error) {
    if (prepared.length > 1 && isOneByOneWorthwhile(error)) await sendOneByOne(context, open);
    else for (const { target } of open) settleError(context, target, error);
  }
  for (const { target } of lost) await sendAnew(context, target);
}

/** Whether the service has not the file that the mode is for: somebody else was at it. */
function isModeOfOtherFile({ part }: Prepared, result: PartResult | undefined): boolean {
  return (
    part.kind === "file-attributes" && result?.outcome === "refused" && isOtherFile(result.problem)
  );
}

/** Sends a file whatever the index says of it. */
async function sendAnew(context: BackupContext, target: ComparedTarget): Promise<void> {
  try {
    const unknown = { ...target, known: undefined, isUnchanged: false };
    const ready = await prepare(context, unknown, undefined);
    if (ready?.part.kind === "file") await sendWhole(context, ready, ready.part);
  } catch (error) {
    settleError(context, target, error);
  }
}

/** Whether a part has its final status now. */
function settlePart(
  context: BackupContext,
  { target, state, outcome }: Prepared,
  result: PartResult | undefined,
): boolean {
  if (result?.outcome === "committed") {
    context.recorder.finish(target, outcome, state);
    return true;
  }
  if (result === undefined || isWorthAnotherTry(result.problem)) return false;
  settleRefusal(context, target, result.problem);
  return true;
}

function isDamage(result: PartResult): boolean {
  return result.outcome === "refused" && result.problem.code === "digest-mismatch";
}

// Bytes that arrived damaged are worth another try as much as a service that is busy (D10).
function isWorthAnotherTry({ status, code }: Problem): boolean {
  return code === "digest-mismatch" || isNotNow(status);
}

function partsNotNow(count: number, way: "unavailable" | "corrupt"): PartNotNowError {
  return new PartNotNowError(
    exchangeFailed(way),
    message("exchange.failed", {
      what: message("exchange.sending-batch", { count }),
      why: message(`exchange.${way}`),
    }),
  );
}

/**
 * A request that failed as a whole may have failed because of one of its files: sent one by one,
 * that one fails alone and stops no other (F21). Parts that failed each by itself gain nothing.
 */
function isOneByOneWorthwhile(error: unknown): boolean {
  return error instanceof ServiceError && !(error instanceof PartNotNowError);
}

async function sendOneByOne(context: BackupContext, open: readonly Prepared[]): Promise<void> {
  for (const item of open) {
    if (item.part.kind === "file") await sendWhole(context, item, item.part);
    else await sendBatch(context, [item]);
  }
}
