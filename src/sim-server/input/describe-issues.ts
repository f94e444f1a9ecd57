import { z } from "zod";

import { closestWord } from "./closest-word.ts";
import { message, type Message } from "../../messages/message.ts";
import { issueMessage } from "./issue-message.ts";

/** One place at which a value does not fit its schema. */
export interface InputIssue {
  /** Keys and indexes from the top; of a key that is not known, the key itself is the last. */
  readonly path: readonly PropertyKey[];
  /** What is wrong, with what is allowed; a value itself stands in it only where words to choose from are asked for. */
  readonly message: Message;
}

/** More words than these are not listed. */
const LISTED_COUNT_MAX = 40;

/**
 * Every place at which a value does not fit a schema, in the schema's order; empty when it fits. Of
 * alternatives that a word such as `do` tells apart, the one that the value names is meant.
 */
export function describeIssues(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly InputIssue[] {
  const { error } = z.safeParse(schema, value);
  return (error?.issues ?? []).flatMap((issue) => issuesOf(schema, value, { issue, path }));
}

interface Place {
  readonly issue: z.core.$ZodIssue;
  /** Where the value stands that was parsed. */
  readonly path: readonly PropertyKey[];
}

function issuesOf(
  schema: z.core.$ZodType,
  value: unknown,
  { issue, path }: Place,
): readonly InputIssue[] {
  const at = [...path, ...issue.path];
  switch (issue.code) {
    case "invalid_union": {
      // A union that is told apart by a key reports that key, and not the value that has it.
      const ownPath = issue.discriminator === undefined ? issue.path : issue.path.slice(0, -1);
      const union = schemaAt(schema, value, ownPath);
      return unionIssues(union, valueAt(value, ownPath), [...path, ...ownPath]);
    }
    case "unrecognized_keys": {
      const known = shapeOf(
        meantAt(schemaAt(schema, value, issue.path), valueAt(value, issue.path)),
      );
      return issue.keys.map((key) => ({
        path: [...at, key],
        message: message("input.unknown-key", { hint: choice(key, known) }),
      }));
    }
    case "invalid_value":
      return [{ path: at, message: oneOf(valueAt(value, issue.path), issue.values.map(String)) }];
    default: {
      const isMissing = valueAt(value, issue.path) === undefined && issue.path.length > 0;
      return [{ path: at, message: isMissing ? message("input.missing") : issueMessage(issue) }];
    }
  }
}

function unionIssues(
  union: z.core.$ZodType,
  value: unknown,
  path: readonly PropertyKey[],
): readonly InputIssue[] {
  const options = optionsOf(union);
  const fitting = options.filter((option) => isMeant(option, value));
  const found = fitting
    .map((option) => describeIssues(option, value, path))
    .toSorted((one, other) => one.length - other.length);
  if (found[0] !== undefined) return found[0];
  const tag = tagOf(options);
  if (tag !== undefined && isObject(value)) {
    const words = [...new Set(options.flatMap((option) => wordsOf(shape(option)[tag])))];
    return [{ path: [...path, tag], message: oneOf(value[tag], words) }];
  }
  const words = [...new Set(options.flatMap(wordsOf))];
  if (typeof value === "string" && words.length > 0) {
    return [{ path, message: oneOf(value, words) }];
  }
  const kinds = [...new Set(options.map((option) => nameOf(option, tag)))];
  const code = value === undefined ? "input.missing-kind" : "input.no-kind";
  return [{ path, message: message(code, { kinds }) }];
}

/** Of alternatives the one that a value names; anything else itself. */
function meantAt(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  return optionsOf(schema).find((option) => isMeant(option, value)) ?? unwrapped(schema);
}

/** Whether a value has the kind of an alternative and the words that tell it from the others. */
function isMeant(option: z.core.$ZodType, value: unknown): boolean {
  if (option instanceof z.core.$ZodArray) return Array.isArray(value);
  if (!(option instanceof z.core.$ZodObject)) return z.safeParse(option, value).success;
  if (!isObject(value) || Array.isArray(value)) return false;
  return Object.entries(shape(option)).every(([key, field]) => {
    if (!(field instanceof z.core.$ZodLiteral || field instanceof z.core.$ZodEnum)) return true;
    return z.safeParse(field, value[key]).success;
  });
}

/** The key by which all alternatives that are objects can be told apart, when there is one. */
function tagOf(options: readonly z.core.$ZodType[]): string | undefined {
  const objects = options.filter((option) => option instanceof z.core.$ZodObject);
  const [first] = objects;
  if (first === undefined) return undefined;
  return Object.keys(shape(first)).find((key) =>
    objects.every((option) => wordsOf(shape(option)[key]).length > 0),
  );
}

function wordsOf(schema: z.core.$ZodType | undefined): readonly string[] {
  if (schema instanceof z.core.$ZodLiteral) return schema._zod.def.values.map(String);
  return schema instanceof z.core.$ZodEnum
    ? Object.values(schema._zod.def.entries).map(String)
    : [];
}

/** What a person may write; objects that a key tells apart are all one. */
function nameOf(schema: z.core.$ZodType, tag: string | undefined): string {
  const words = wordsOf(schema);
  if (words.length > 0) return words.join(" or ");
  const keys = shapeOf(schema);
  if (tag !== undefined && keys.length > 0) return `{ ${tag}, ... }`;
  return keys.length > 0 ? `{ ${keys.join(", ")} }` : schema._zod.def.type;
}

/** The alternatives of a union, those of unions in it included; of anything else itself. */
function optionsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const bare = unwrapped(schema);
  return bare instanceof z.core.$ZodUnion ? bare._zod.def.options.flatMap(optionsOf) : [bare];
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodNullable ||
    schema instanceof z.core.$ZodDefault
  ) {
    return unwrapped(schema._zod.def.innerType);
  }
  return schema;
}

/** The schema of what stands at a path below a value. */
function schemaAt(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly PropertyKey[],
): z.core.$ZodType {
  let at = schema;
  for (const [depth, key] of path.entries()) {
    const here = valueAt(value, path.slice(0, depth));
    const bare = meantAt(at, here);
    if (bare instanceof z.core.$ZodObject) at = shape(bare)[String(key)] ?? bare;
    else if (bare instanceof z.core.$ZodArray) at = bare._zod.def.element;
    else if (bare instanceof z.core.$ZodRecord) at = bare._zod.def.valueType;
  }
  return unwrapped(at);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[String(key)] : undefined),
    value,
  );
}

function shape(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  return schema instanceof z.core.$ZodObject ? schema._zod.def.shape : {};
}

function shapeOf(schema: z.core.$ZodType): readonly string[] {
  return Object.keys(shape(schema));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function oneOf(written: unknown, words: readonly string[]): Message {
  if (written === undefined) return message("input.missing-with", { hint: listed(words) });
  if (typeof written !== "string") return listed(words);
  return message("input.not-allowed", {
    value: JSON.stringify(written),
    hint: choice(written, words),
  });
}

function choice(written: string, words: readonly string[]): Message {
  const meant = closestWord(written, words);
  return meant === undefined
    ? listed(words)
    : message("input.meant", { meant, hint: listed(words) });
}

function listed(words: readonly string[]): Message {
  const rest = words.length - LISTED_COUNT_MAX;
  const values = words.slice(0, LISTED_COUNT_MAX);
  return rest > 0
    ? message("input.one-of-and-more", { values, count: rest })
    : message("input.one-of", { values });
}
