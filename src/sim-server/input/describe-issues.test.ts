import { expect, test } from "vitest";
import { z } from "zod";

import { renderMessage } from "../../messages/render-message.ts";
import { smtpFaultSchema } from "../faults/smtp-fault.ts";
import { storageFaultSchema } from "../faults/storage-fault.ts";
import { describeIssues } from "./describe-issues.ts";

const storageFaults = z.array(storageFaultSchema).or(storageFaultSchema);
const smtpFaults = z.array(smtpFaultSchema).or(smtpFaultSchema);

test.each([
  [
    "a kind with a typing error",
    storageFaults,
    { kind: "statos", status: 503 },
    ['kind: "statos" is not allowed; did you mean status? allowed: status, block-page, '],
  ],
  [
    "a key with a typing error in one of several",
    storageFaults,
    [
      { kind: "status", status: 503 },
      { kind: "status", satus: 503 },
    ],
    ["1.status: is missing", "1.satus: the key is not known; did you mean status? allowed: "],
  ],
  [
    "everything that is wrong at once",
    storageFaults,
    { kind: "reset", nht: 1, tiems: 2 },
    [
      "nht: the key is not known; did you mean nth? allowed: operation, path, nth, times",
      "tiems: the key is not known; did you mean times? allowed: ",
    ],
  ],
  [
    "a word that may also be a list of words",
    storageFaults,
    { kind: "reset", operation: "putFiel" },
    ['operation: "putFiel" is not allowed; did you mean putFile? allowed: createSession'],
  ],
  ["what is no fault at all", storageFaults, 7, [": is none of array, { kind, ... }"]],
  [
    "a word deep in a list",
    smtpFaults,
    [{ stage: "handshake", kind: "certificate", certificate: "expird" }],
    ['0.certificate: "expird" is not allowed; did you mean expired? allowed: '],
  ],
  ["nothing where nothing is wrong", smtpFaults, [{ stage: "rcpt", kind: "stall" }], []],
])("tells of %s, with what is allowed", (_, schema, value, expected) => {
  const found = describeIssues(schema, value).map(
    ({ path, message }) => `${path.map(String).join(".")}: ${renderMessage(message, "en")}`,
  );
  expect(found).toEqual(expected.map((text) => expect.stringContaining(text) as string));
});
