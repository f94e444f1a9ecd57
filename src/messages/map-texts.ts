import type { Message, MessageParam } from "./message.ts";

/** The same message with every text in its params, and in those of messages in it, changed. */
export function mapTexts({ code, params }: Message, change: (text: string) => string): Message {
  const changed = (param: MessageParam): MessageParam => {
    if (typeof param === "string") return change(param);
    if (typeof param === "number") return param;
    if ("code" in param) return mapTexts(param, change);
    return param.map((each) => (typeof each === "string" ? change(each) : mapTexts(each, change)));
  };
  const entries = Object.entries(params).map(([name, param]) => [name, changed(param)] as const);
  return { code, params: Object.fromEntries(entries) };
}
