import type { ClientAnswer } from "../../observation/client-event.ts";

/** One entry of a listing, as far as somebody needs it who goes on from there. */
export interface ToldEntry {
  readonly kind: "file" | "folder";
  readonly path: string;
  readonly modifiedAtNs: string | null;
  readonly sha256?: string;
  readonly etag?: string;
}

/** A CAPTCHA that was shown. */
export interface ToldImage {
  readonly challengeId: string;
  readonly characters: string;
}

/** What a program has been told by the service: what it names in later requests. */
export class Told {
  readonly #tags = new Map<string, string[]>();
  readonly #files = new Map<string, ToldEntry>();
  readonly #places = new Map<string, string>();
  readonly #generations = new Map<string, readonly number[]>();

  /** Notes what an answer tells of entries, be it one, a page of them or a stream. */
  entries(answer: ClientAnswer | undefined): readonly ToldEntry[] {
    const entries = entriesIn(answer);
    for (const entry of entries) {
      if (entry.kind !== "file") continue;
      this.#files.set(entry.path, entry);
      if (entry.etag !== undefined) this.tag(entry.path, entry.etag);
    }
    return entries;
  }

  /** Notes a tag of a file. */
  tag(path: string, etag: string): void {
    const tags = (this.#tags.get(path) ?? []).filter((one) => one !== etag);
    this.#tags.set(path, [...tags, etag]);
  }

  /** Notes which generations of a file are listed, and their tags. */
  noteGenerations(path: string, answer: ClientAnswer | undefined): void {
    const { generations = [] } = jsonOf(answer) as {
      readonly generations?: readonly { readonly generation: number; readonly etag: string }[];
    };
    for (const { etag } of generations.toReversed()) this.tag(path, etag);
    const numbers = generations.map(({ generation }) => generation);
    this.#generations.set(path, numbers);
  }

  /** The numbers of a file's generations, newest first, as they were listed last. */
  generations(path: string): readonly number[] {
    return this.#generations.get(path) ?? [];
  }

  /** Notes the tag of a folder. */
  place(path: string, answer: ClientAnswer | undefined): void {
    const place = answer?.headers["azukeru-place"];
    if (place !== undefined) this.#places.set(path, place);
  }

  /** The value of a condition about a file. */
  tags(path: string, which: "newest" | "older" | "any" | "weak"): string {
    const known = this.#tags.get(path) ?? [];
    const newest = known.at(-1) ?? '"unknown"';
    switch (which) {
      case "newest":
        return newest;
      case "older":
        return known.at(-2) ?? '"unknown"';
      case "any":
        return "*";
      case "weak":
        return `W/${newest}`;
    }
  }

  /** A file as it was told of last. */
  file(path: string): ToldEntry | undefined {
    return this.#files.get(path);
  }

  /** The tag of a folder that was told last. */
  placeOf(path: string): string | undefined {
    return this.#places.get(path);
  }
}

/** The JSON of an answer; an empty object where it has none. */
export function jsonOf(answer: ClientAnswer | undefined): object {
  const [type = ""] = (answer?.headers["content-type"] ?? "").split(";");
  const isJson = type === "application/json" || type === "application/problem+json";
  if (answer === undefined || answer.body.length === 0 || !isJson) return {};
  return JSON.parse(answer.body.toString()) as object;
}

function entriesIn(answer: ClientAnswer | undefined): readonly ToldEntry[] {
  if (answer === undefined || answer.status >= 300) return [];
  if (answer.headers["content-type"]?.startsWith("application/x-ndjson") === true) {
    return answer.body
      .toString()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as ToldEntry);
  }
  const said = jsonOf(answer) as Partial<ToldEntry> & {
    readonly entries?: readonly ToldEntry[];
    readonly results?: readonly { readonly entry?: ToldEntry }[];
  };
  if (said.entries !== undefined) return said.entries;
  if (said.results !== undefined) return said.results.flatMap(({ entry }) => entry ?? []);
  return said.kind === undefined ? [] : [said as ToldEntry];
}
