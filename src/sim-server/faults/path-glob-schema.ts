import { z } from "zod";

import { LIMITS } from "../../protocol/limits.ts";
import { message } from "../../messages/message.ts";
import { ownIssueText } from "../input/issue-message.ts";

/** Characters of a glob that holds wildcards. */
const GLOB_LENGTH_MAX = 1_024;

/** Wildcards in a glob, each character of them counted. */
const WILDCARD_COUNT_MAX = 32;

/**
 * A glob as it comes from outside, see `pathGlob`. One without wildcards is as long as a path may be;
 * one with them has at most 1,024 characters, 32 of them wildcards, so that a test of the longest path
 * takes milliseconds.
 */
export const pathGlobSchema = z
  .string()
  .min(1)
  .max(LIMITS.pathBytesMax)
  .refine((glob) => glob.length <= GLOB_LENGTH_MAX || !/[*?]/.test(glob), {
    message: ownIssueText(message("input.glob-length", { max: GLOB_LENGTH_MAX })),
  })
  .refine((glob) => glob.replaceAll(/[^*?]/g, "").length <= WILDCARD_COUNT_MAX, {
    message: ownIssueText(message("input.glob-wildcards", { max: WILDCARD_COUNT_MAX })),
  });
