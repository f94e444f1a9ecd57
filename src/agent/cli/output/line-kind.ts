import type { z } from "zod";

import type { SchemaParts } from "./schema-parts.ts";
import type { MessageCode } from "../../../messages/message.ts";

/**
 * One type of JSON line and the schema of its members. The schema is built by who wants it (the
 * published schema, tests): zod and the parts take 75 ms to load, a third of a short command's time.
 */
export interface LineKind<Type extends string, Members extends z.core.$ZodLooseShape> {
  readonly type: Type;
  /** For the published schema; what describes its members are codes too. */
  readonly description: MessageCode;
  readonly membersSchema: (parts: SchemaParts) => Members;
}

/** The members of a line of a schema, without `schema` and `type`. */
export type MembersOf<Members extends z.core.$ZodLooseShape> = z.infer<
  z.ZodObject<Members, z.core.$strict>
>;

/** The members of a kind of line that its view gives. */
export type LineMembers<Kind> =
  Kind extends LineKind<string, infer Members> ? MembersOf<Members> : never;

/** Defines a kind of line. */
export function lineKind<Type extends string, Members extends z.core.$ZodLooseShape>(
  type: Type,
  description: MessageCode,
  membersSchema: (parts: SchemaParts) => Members,
): LineKind<Type, Members> {
  return { type, description, membersSchema };
}

/** A piece of schema that several kinds of line have; built, like theirs, by who wants it. */
export function sharedSchema<Schema>(
  build: (parts: SchemaParts) => Schema,
): (parts: SchemaParts) => Schema {
  return build;
}
