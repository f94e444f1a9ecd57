import type { Reply } from "./reply.ts";

/** What becomes of a request: an answer, whole or spoilt, or none. */
export type Outcome =
  | { readonly kind: "answer"; readonly reply: Reply; readonly bytesPerSecond: number | null }
  | {
      readonly kind: "truncated";
      readonly reply: Reply;
      readonly bodyBytes: number;
      /** How the connection ends. */
      readonly ending: "closed" | "reset";
    }
  /** Bytes that are no HTTP. */
  | { readonly kind: "garbage" }
  | { readonly kind: "reset" }
  | { readonly kind: "silent" };
