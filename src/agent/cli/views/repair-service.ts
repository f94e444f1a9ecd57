import type { Message } from "../../../messages/message.ts";
import { printable } from "../../../messages/printable.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import { formatBytes, formatCount } from "../../../terminal/format-bytes.ts";
import type { AgentErrorCode } from "../../agent-error.ts";
import type { IndexRecovery, Recovery } from "../../runs/recovery.ts";
import { lineKind } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { reasonMembers, reasonSchema } from "./message.ts";

/** What `repair` heard of the service. */
export type ServiceAnswer =
  | { readonly kind: "told"; readonly recovery: Recovery }
  | { readonly kind: "silent"; readonly code: AgentErrorCode; readonly reason: Message };

/** What the service has of this PC, and what was rebuilt from it. */
export const REPAIR_SERVICE_LINE = lineKind(
  "repair-service",
  "schema.line-repair-service",
  (parts) => ({
    event: parts.z.enum(["told", "silent"]).describe("schema.repair-service-event"),
    sources: parts.z
      .array(
        parts.z.strictObject({
          path: parts.z.string(),
          destination: parts.z.string(),
          index: parts.z.enum(["rebuilt", "destination-gone", "failed"]),
          fileCount: parts.count.describe("schema.repair-service-files"),
          sizeBytes: parts.bytes,
          learnedFileCount: parts.count.describe("schema.repair-service-learned"),
        }),
      )
      .describe("schema.repair-service-sources"),
    unclaimedFolders: parts.z.array(parts.z.string()).describe("schema.repair-service-folders"),
    otherDevices: parts.z.array(parts.z.string()).describe("schema.repair-service-devices"),
    ...reasonSchema(parts),
  }),
);

/** Tells what the service has of this PC, and what was rebuilt from it. */
export function reportService(output: Output, answer: ServiceAnswer): void {
  const { language } = output;
  if (answer.kind === "silent") {
    output.json(REPAIR_SERVICE_LINE, {
      event: "silent",
      sources: [],
      unclaimedFolders: [],
      otherDevices: [],
      ...reasonMembers(answer.reason, language),
    });
    const why = renderMessage(answer.reason, language);
    output.text(() =>
      output.say({
        ja: `サービスに確かめられませんでした: ${why}\n読めた内容はそのまま残っています。サービスに残っているものは、次の repair かバックアップで確かめます。`,
        en: `The service could not be asked: ${why}\nWhat could be read is kept. The next repair or backup asks the service for the rest.`,
      }),
    );
    return;
  }
  const { sources, unclaimedNames, otherDeviceNames } = answer.recovery;
  const failed = sources.find(({ index }) => index.kind === "failed")?.index;
  output.json(REPAIR_SERVICE_LINE, {
    event: "told",
    sources: sources.map(({ source: { path, destination }, index }) => ({
      path,
      destination,
      index: index.kind,
      ...countsOf(index),
    })),
    unclaimedFolders: [...unclaimedNames],
    otherDevices: [...otherDeviceNames],
    ...reasonMembers(failed?.kind === "failed" ? failed.reason : null, language),
  });
  output.text(() => told(answer.recovery, output).join("\n"));
}

function countsOf(
  index: IndexRecovery,
): Record<"fileCount" | "sizeBytes" | "learnedFileCount", number> {
  if (index.kind !== "rebuilt") return { fileCount: 0, sizeBytes: 0, learnedFileCount: 0 };
  const { fileCount, sizeBytes, learnedFileCount } = index;
  return { fileCount, sizeBytes, learnedFileCount };
}

function told(recovery: Recovery, output: Output): readonly string[] {
  const { sources, unclaimedNames, otherDeviceNames, deviceName } = recovery;
  const lines = [output.say({ ja: "サービスにあるもの:", en: "What the service has:" })];
  for (const { source, index } of sources) {
    lines.push(`  ${printable(source.path)}: ${indexText(index, output)}`);
  }
  for (const name of unclaimedNames) {
    const shown = printable(name);
    lines.push(
      output.say({
        ja: `  ${shown}: このPC (${printable(deviceName)}) のフォルダですが、どのバックアップ元のものか分かりません`,
        en: `  ${shown}: a folder of this PC (${printable(deviceName)}); nobody knows any more which source folder it is of`,
      }),
    );
  }
  if (sources.length + unclaimedNames.length === 0) {
    const shown = printable(deviceName);
    lines.push(
      output.say({
        ja: `  このPC (${shown}) のフォルダで、確かめるものはありません`,
        en: `  nothing of this PC (${shown}) that was to be looked at`,
      }),
    );
  }
  if (otherDeviceNames.length > 0) {
    const names = otherDeviceNames.map((name) => printable(name)).join(", ");
    lines.push(
      output.say({
        ja: `  ほかの名前のPC: ${names}`,
        en: `  PCs of other names: ${names}`,
      }),
    );
  }
  return lines;
}

function indexText(index: IndexRecovery, output: Output): string {
  if (index.kind === "destination-gone") {
    return output.say({
      ja: "バックアップ先のフォルダがサービス上にありません",
      en: "the service has no such destination folder",
    });
  }
  if (index.kind === "failed") {
    const why = renderMessage(index.reason, output.language);
    return output.say({
      ja: `確かめられませんでした (${why})。次の repair かバックアップで確かめます`,
      en: `could not be looked at (${why}); the next repair or backup does`,
    });
  }
  const [files, learned] = [formatCount(index.fileCount), formatCount(index.learnedFileCount)];
  const size = formatBytes(index.sizeBytes);
  return output.say({
    ja: `索引を作り直しました。サービス上に ${files} ファイル (${size})、うち ${learned} ファイルは状態ファイルにないか、内容が違っていました`,
    en: `the index was built anew; the service has ${files} files (${size}), ${learned} of them the state file did not have, or not so`,
  });
}
