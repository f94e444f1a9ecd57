import { hash } from "node:crypto";
import { z } from "zod";

/** What a file holds: a text, or so many bytes that follow from a seed, with a run of zeros or without. */
export const contentSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({
    size: z
      .int()
      .min(0)
      .max(64 * 2 ** 20),
    /** So many of the bytes are zeros. */
    zeros: z.int().min(0).optional(),
    /** Where they are. Default: in the middle. */
    zerosAt: z.enum(["start", "middle", "end"]).optional(),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1),
  }),
]);

/** What a file holds, as data. */
export type Content = z.infer<typeof contentSchema>;

/** The bytes themselves. Different seeds of one size differ, unless the size is 0. */
export function contentBytes(content: Content): Buffer {
  if ("text" in content) return Buffer.from(content.text);
  const bytes = Buffer.allocUnsafe(content.size);
  // xorshift32: cheap, and no two seeds give the same stream. Zero is its only fixed point.
  let state = Math.imul(content.seed + 1, 0x9e3779b1) | 1;
  for (let at = 0; at < bytes.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 0xff;
  }
  // The seed itself leads, so that even short files of different seeds differ.
  for (let at = 0, rest = content.seed; at < Math.min(4, bytes.length); at += 1, rest >>>= 8) {
    bytes[at] = rest & 0xff;
  }
  const zeros = Math.min(content.zeros ?? 0, bytes.length);
  const spare = bytes.length - zeros;
  const { zerosAt = "middle" } = content;
  const from = zerosAt === "start" ? 0 : zerosAt === "end" ? spare : Math.floor(spare / 2);
  return bytes.fill(0, from, from + zeros);
}

/** The size without making the bytes. */
export function contentSize(content: Content): number {
  return "text" in content ? Buffer.byteLength(content.text) : content.size;
}

/** SHA-256 as lower-case hexadecimal: what contents are compared by. */
export function sha256(bytes: Uint8Array): string {
  return hash("sha256", bytes);
}
