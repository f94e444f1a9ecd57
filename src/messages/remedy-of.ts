import type { Words } from "../terminal/language.ts";
import type { Message, MessageCode } from "./message.ts";

/** What to do where it is known what happened, while the cause's own remedy is for what nobody foresaw. */
const REMEDIES: Partial<Readonly<Record<MessageCode, Words>>> = {
  "backup.name-not-unicode": {
    ja: "ファイルまたはフォルダの名前を付け直してください。次回のバックアップで保存されます。",
    en: "Give the file or folder another name. The next backup saves it.",
  },
  "problem.invalid-path": {
    ja: "フォルダの名前を短くするか、階層を浅くしてください。次回のバックアップで保存されます。",
    en: "Shorten the names of its folders, or nest them less deeply. The next backup saves it.",
  },
  "disk.path-too-long-to-read": {
    ja: "フォルダの名前を短くするか、階層を浅くしてください。次回のバックアップで保存されます。",
    en: "Shorten the names of its folders, or nest them less deeply. The next backup saves it.",
  },
  "disk.path-too-long-to-write": {
    ja: "パスの短いフォルダを復元先にして、もう一度復元してください。",
    en: "Restore once more, into a folder whose path is short.",
  },
  "disk.full": {
    ja: "復元先のディスクの空きを増やすか、別のディスクに復元してください。",
    en: "Make room on the disk of the destination, or restore to another disk.",
  },
  "disk.windows-device-name": {
    ja: "Windowsではこの名前を使えません。サービスのエクスプローラーで名前を変えるか、ほかのOSのPCに復元してください。",
    en: "Windows cannot have this name. Rename it on the service, or restore it to a PC of another system.",
  },
  "disk.windows-character": {
    ja: "Windowsではこの名前を使えません。サービスのエクスプローラーで名前を変えるか、ほかのOSのPCに復元してください。",
    en: "Windows cannot have this name. Rename it on the service, or restore it to a PC of another system.",
  },
  "disk.windows-name-end": {
    ja: "Windowsではこの名前を使えません。サービスのエクスプローラーで名前を変えるか、ほかのOSのPCに復元してください。",
    en: "Windows cannot have this name. Rename it on the service, or restore it to a PC of another system.",
  },
  "disk.no-folder-on-the-way": {
    ja: "途中にあるリンクやファイルを移すか、別のフォルダに復元してください。リンクの先へは復元しません。",
    en: "Move the link or file on the way, or restore into another folder. Nothing is restored through a link.",
  },
  "disk.folder-in-its-place": {
    ja: "そこにあるフォルダやリンクを移すか、空のフォルダに復元してください。",
    en: "Move the folder or link that stands there, or restore into an empty folder.",
  },
  "restore.no-file-in-the-way": {
    ja: "そこにあるフォルダやリンクを移すか、空のフォルダに復元してください。",
    en: "Move the folder or link that stands there, or restore into an empty folder.",
  },
  "restore.no-folder-in-its-place": {
    ja: "そこにあるファイルやリンクを移すか、空のフォルダに復元してください。",
    en: "Move the file or link that stands there, or restore into an empty folder.",
  },
  "restore.target-is-link": {
    ja: "リンクの先のフォルダそのものを復元先に指定してください。",
    en: "Give the folder itself that the link leads to.",
  },
  "restore.generation-not-on-service": {
    ja: "古い世代は新しい世代が増えると無くなります。azukeru-agent generations でいまある世代を確かめてから復元してください。",
    en: "Older generations go as newer ones come. See those that are there with azukeru-agent generations, then restore one of them.",
  },
};

/** The remedy of what a row says, where it has one of its own. */
export function remedyOf(detail: Message | null): Words | undefined {
  return detail === null ? undefined : REMEDIES[detail.code];
}
