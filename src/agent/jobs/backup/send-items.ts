import { NO_DIFFERENCE } from "../../core/file-outcome.ts";
import { stopForUnforeseen } from "../run-job.ts";
import { HeldMemory } from "../held-memory.ts";
import type { HeldEntries } from "../../ports/memory.ts";
import { runWorkers } from "../run-workers.ts";
import type { BackupContext } from "./backup-context.ts";
import type { ComparedItem, ComparedTarget } from "./compare.ts";
import { Packer, type SendUnit } from "./pack.ts";
import { sendLarge } from "./send-large.ts";
import { sendSmall } from "./send-small.ts";

/**
 * Takes compared items, records at once what needs no sending, and has the rest sent by a few
 * senders side by side.
 */
export async function sendItems(
  context: BackupContext,
  items: AsyncIterable<readonly ComparedItem[]>,
): Promise<void> {
  const held = new HeldMemory(context.memory);
  try {
    await sendHeld(context, items, held);
  } finally {
    held.giveAll();
  }
}

/** `held` tells of the targets that are on their way to the service. */
function sendHeld(
  context: BackupContext,
  items: AsyncIterable<readonly ComparedItem[]>,
  held: HeldMemory,
): Promise<void> {
  return runWorkers<SendUnit>({
    workerCount: context.tuning.parallelUploadCount,
    feed: (put) => feed(context, items, { put, held }),
    steps: [
      (unit) =>
        sendUnit(context, unit).finally(() => {
          for (const target of unit.targets) held.give(weightOf(target));
        }),
    ],
    onError: (error) => stopForUnforeseen(context, "backup", { event: "sender-failed", error }),
  });
}

async function feed(
  context: BackupContext,
  items: AsyncIterable<readonly ComparedItem[]>,
  { put, held }: { readonly put: (unit: SendUnit) => Promise<void>; readonly held: HeldMemory },
): Promise<void> {
  const packer = new Packer(context.tuning);
  for await (const some of items) {
    for (const item of some) {
      if (item.kind === "excluded") context.recorder.exclude(item);
      else if (item.kind === "failed") context.recorder.fail(item);
      else if (item.kind === "seen-folder") context.recorder.seeFolder(item);
      else if (!settledWithoutSending(context, item)) {
        held.take(weightOf(item));
        for (const unit of packer.add(item)) await put(unit);
      }
    }
  }
  for (const unit of packer.flush()) await put(unit);
}

function weightOf({ path }: ComparedTarget): HeldEntries {
  return { entryCount: 1, pathBytes: Buffer.byteLength(path) };
}

/** Records a target that is unchanged, or that a stopping job does not reach any more. */
function settledWithoutSending(context: BackupContext, target: ComparedTarget): boolean {
  const { reason } = context.stop;
  const trustsIndex = context.isDestinationSeen && (reason?.trustsIndex ?? true);
  if (target.isUnchanged && target.isModeSaved && trustsIndex) {
    context.recorder.finish(target, NO_DIFFERENCE);
    return true;
  }
  if (reason === undefined) return false;
  context.recorder.finish(target, reason.failure);
  return true;
}

async function sendUnit(context: BackupContext, unit: SendUnit): Promise<void> {
  const { reason } = context.stop;
  if (reason !== undefined) {
    for (const target of unit.targets) context.recorder.finish(target, reason.failure);
    return;
  }
  const [first] = unit.targets;
  if (unit.kind !== "large" || first === undefined) return sendSmall(context, unit);
  const leftover = context.recorder.findPending(first);
  context.recorder.begin(unit.targets);
  return sendLarge(context, first, leftover);
}
