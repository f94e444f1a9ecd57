import { mapTexts } from "./map-texts.ts";
import type { Message } from "./message.ts";

/** What stands in the place of a secret. */
const CENSOR = "[removed]";

/** Characters. A shorter secret is looked for as a word only: it could be part of any. */
const ANYWHERE_LENGTH_MIN = 6;

/** Characters. Letters alone are no word of any text when they are so many. */
const WORD_LENGTH_MAX = 12;

/** Tokens that are remembered at a time. One works at a time; sessions behind it have ended by then. */
const TOKEN_COUNT_MAX = 16;

/**
 * Takes secrets out of texts (I10): passwords and tokens, as they are and in the forms in which they go
 * over a wire and could come back: escaped in JSON, HTML or a URL, in Base64, also as part of a longer
 * text that was encoded, in other letter case, composed or decomposed.
 */
export class Redactor {
  readonly #lasting = new Secrets();
  readonly #tokens = new Secrets(TOKEN_COUNT_MAX);

  /** Remembers a secret for as long as the process lives; an empty one is none. */
  learn(secret: string): void {
    this.#lasting.add(secret);
  }

  /**
   * Remembers a token of a session until 16 others came behind it: a daemon gets a new one every few hours for
   * years, and each one makes every look at a text slower.
   */
  learnToken(token: string): void {
    this.#tokens.add(token);
  }

  /** A text from outside, without any secret that was learned. */
  redact(text: string): string {
    return this.#tokens.redact(this.#lasting.redact(text));
  }

  /** A message whose params, and those of messages in it, are texts from outside. */
  redactMessage(given: Message): Message {
    return mapTexts(given, (text) => this.redact(text));
  }

  /**
   * What the agent itself shows, names from outside in it, without the secrets. One that is a plain word
   * stays: it may be a word of the agent's own texts, and of many a person's own files.
   */
  redactShown(text: string): string {
    return this.#tokens.redactShown(this.#lasting.redactShown(text));
  }
}

/** Secrets, the newest last, and the patterns that find them, made anew when one comes. */
class Secrets {
  readonly #countMax: number;
  readonly #all = new Set<string>();
  /** Characters of the shortest text that one of them fits into. */
  #lengthMin = Infinity;
  #pattern: RegExp | undefined;
  #patternOfShown: RegExp | undefined;

  constructor(countMax = Infinity) {
    this.#countMax = countMax;
  }

  add(secret: string): void {
    if (secret === "" || this.#all.has(secret)) return;
    this.#all.add(secret);
    this.#lengthMin = Math.min(this.#lengthMin, ...formsOf(secret).map(({ length }) => length));
    const [oldest] = this.#all;
    if (this.#all.size > this.#countMax && oldest !== undefined) this.#all.delete(oldest);
    this.#pattern = undefined;
    this.#patternOfShown = undefined;
  }

  redact(text: string): string {
    // Most of what is looked at is too short for any: a name, a number, a code.
    if (text.length < this.#lengthMin) return text;
    this.#pattern ??= patternOf(this.#all);
    return text.replace(this.#pattern, CENSOR);
  }

  redactShown(text: string): string {
    if (text.length < this.#lengthMin) return text;
    this.#patternOfShown ??= patternOf(new Set([...this.#all].filter((each) => !isWord(each))));
    return text.replace(this.#patternOfShown, CENSOR);
  }
}

function isWord(secret: string): boolean {
  return secret.length < WORD_LENGTH_MAX && /^[\p{L}-]+$/u.test(secret);
}

/** A pattern of alternatives without repetition, so that no text makes it slow. */
function patternOf(secrets: ReadonlySet<string>): RegExp {
  const anywhere = new Set<string>();
  const words = new Set<string>();
  for (const secret of secrets) {
    const kind = isFoundAnywhere(secret) ? anywhere : words;
    for (const form of formsOf(secret)) kind.add(form);
  }
  const alternatives = [...anywhere]
    .toSorted((one, other) => other.length - one.length)
    .map((form) => RegExp.escape(form));
  for (const form of words) {
    alternatives.push(String.raw`(?<![\p{L}\p{N}])${RegExp.escape(form)}(?![\p{L}\p{N}])`);
  }
  // Without alternatives nothing is found, not everything.
  return new RegExp(alternatives.length === 0 ? "(?!)" : alternatives.join("|"), "giu");
}

function isFoundAnywhere(secret: string): boolean {
  return secret.length >= ANYWHERE_LENGTH_MIN;
}

/** Every form in which a secret is looked for. */
function formsOf(secret: string): readonly string[] {
  return [...writtenForms(secret), ...(isFoundAnywhere(secret) ? base64Forms(secret) : [])];
}

/** The secret as a text may spell it. */
function* writtenForms(secret: string): IterableIterator<string> {
  for (const spelled of [secret, secret.normalize("NFC"), secret.normalize("NFD")]) {
    yield spelled;
    yield JSON.stringify(spelled).slice(1, -1);
    yield asciiJson(spelled);
    yield spelled.replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character);
    const inUrl = encodeURIComponent(spelled.toWellFormed());
    yield inUrl;
    yield inUrl.replaceAll("%20", "+");
    yield encodeURI(spelled.toWellFormed());
  }
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function asciiJson(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(
      /[^\x20-\x7e]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/**
 * What of the Base64 of any text that holds the secret comes from the secret alone: three forms, by where
 * in a group of three bytes it begins. `user:password` and SASL's `\0user\0password` are such texts.
 */
function* base64Forms(secret: string): IterableIterator<string> {
  const bytes = Buffer.from(secret, "utf8");
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = padded.length - (padded.length % 3);
    const digits = padded.subarray(0, whole).toString("base64");
    // The first group holds bytes of what comes before.
    const own = digits.slice(before === 0 ? 0 : 4);
    if (own.length < ANYWHERE_LENGTH_MIN) continue;
    yield own;
    yield own.replaceAll("+", "-").replaceAll("/", "_");
  }
}
