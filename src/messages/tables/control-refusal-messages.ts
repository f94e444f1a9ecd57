import type { MessageTable } from "../message-table.ts";

/** Why the control interface refuses a request. */
export const CONTROL_REFUSAL_MESSAGES = {
  "control.no-such-resource": {
    ja: "操作用のインターフェースにこのリソースはありません。",
    en: "The control interface has no such resource.",
  },
  "control.no-fault": { ja: "そのIDの障害はありません。", en: "There is no fault of that id." },
  "control.no-mail": { ja: "そのIDのメールはありません。", en: "There is no mail of that id." },
  "control.fault-count": {
    ja: "予定できる障害は同時に{max}件までです。先にどれかを取り消してください。",
    en: "Up to {max} faults can be planned at a time; take some out first.",
  },
  "control.other-host": {
    ja: "操作用のインターフェースはホスト {host} では応答しません。",
    en: "The control interface does not answer to the host {host}.",
  },
  "control.this-machine": {
    ja: "操作用のインターフェースはこのコンピューターにだけ応答します。",
    en: "The control interface answers to this machine only.",
  },
  "control.other-origin": {
    ja: "操作用のインターフェースはほかのオリジンのページには応答しません。",
    en: "The control interface does not answer to pages of other origins.",
  },
  "control.snapshot-too-large": {
    ja: "このスナップショットは1つのJSONにするには大きすぎます。{mediaType} で求めてください。",
    en: "This snapshot is too large for one piece of JSON; ask for {mediaType}.",
  },
  "control.mailbox-full": {
    ja: "メールボックスにこれらのメールは入りません。",
    en: "The mailbox has no room for these mails.",
  },
  "control.line-bytes": {
    ja: "本体の1行は{bytesMax}バイトまでです。",
    en: "A line of the body may have up to {bytesMax} bytes.",
  },
  "control.does-not-fit": { ja: "{issues:clauses}", en: "{issues:clauses}" },
  "control.count-without-wait": {
    ja: "count は wait と一緒に指定してください",
    en: "count goes with wait",
  },
  "control.body-unreadable": {
    ja: "本体を読めません ({code})。",
    en: "The body cannot be read ({code}).",
  },
} as const satisfies MessageTable;
