import { styleText } from "node:util";

import type { OutputStream } from "./output-stream.ts";

/** The colours of the output. */
export type Tone = "good" | "bad" | "active" | "quiet" | "strong";

const FORMATS = {
  good: "green",
  bad: "red",
  active: "cyan",
  quiet: "gray",
  strong: "bold",
} as const satisfies Record<Tone, string>;

/** Colours a text for one stream; leaves it plain where there is no terminal or NO_COLOR is set. */
export type Paint = (tone: Tone, text: string) => string;

/** The paint for a stream. */
export function paintFor(stream: OutputStream): Paint {
  if (stream.isTTY !== true) return (_tone, text) => text;
  return (tone, text) => styleText(FORMATS[tone], text, { stream });
}
