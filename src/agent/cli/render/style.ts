import { styleText } from "node:util";

import type { Status } from "../../../protocol/status.ts";
import type { DetailStatus } from "../../../protocol/job-record.ts";
import type { OutputStream } from "../cli-io.ts";

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

/** The colour a status is shown in. */
export function toneOf(status: Status | DetailStatus): Tone {
  switch (status) {
    case "completed":
      return "good";
    case "running":
    case "waiting":
    case "pending":
      return "active";
    case "no-difference":
    case "excluded":
      return "quiet";
    default:
      return "bad";
  }
}
