import { beforeAll, describe, expect, test } from "vitest";

import type { ClientExchange } from "../../observation/client-event.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { ServiceAct } from "../../scenario/service-act.ts";
import { honestRun, violatedBy } from "../testing/honest-run.ts";

const put = (path: string, size: number, seed: number): ServiceAct => ({
  do: "put-file",
  path,
  content: { size, seed },
  modifiedAtNs: "1700000000000000001",
});

const ACTS: readonly ServiceAct[] = [
  ...[0, 1, 2, 3].map((seed) => put("a", 7, seed)),
  put("folder/b", 9, 1),
  { do: "make-folder", path: "folder/inner" },
  { do: "list", path: "", isRecursive: true, limit: 1 },
  { do: "list-generations", path: "a" },
  { do: "read-file", path: "a", generationBack: 1, range: "2-4" },
  { do: "delete-folder", path: "folder", onlyIfEmpty: true },
  { do: "set-free", bytes: 5 },
  put("c", 6, 1),
  put("c", 5, 1),
  { do: "usage" },
  {
    do: "begin-upload",
    path: "d",
    content: { size: 0, seed: 1 },
    modifiedAtNs: "1",
    firstBytes: 0,
  },
  { do: "look-at-upload", upload: 0 },
];

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    tree: { "/data/a": { content: { text: "a" } } },
    timeline: [{ do: "use-service", acts: [...ACTS] }],
  });
});

/** The record with the answers to some requests told otherwise. */
function answered(
  isMeant: (exchange: ClientExchange) => boolean,
  change: (text: string) => string,
): RunRecord {
  const events = honest.customer.events.map((event) => {
    if (event.what !== "exchange" || event.answer === undefined || !isMeant(event)) return event;
    const body = Buffer.from(change(event.answer.body.toString()));
    return { ...event, answer: { ...event.answer, body } };
  });
  return { ...honest, customer: { ...honest.customer, events } };
}

/** The record with a field of the answers to some requests told otherwise. */
function withField(
  isMeant: (exchange: ClientExchange) => boolean,
  name: string,
  value: string,
): RunRecord {
  const events = honest.customer.events.map((event) => {
    if (event.what !== "exchange" || event.answer === undefined || !isMeant(event)) return event;
    const { headers } = event.answer;
    return { ...event, answer: { ...event.answer, headers: { ...headers, [name]: value } } };
  });
  return { ...honest, customer: { ...honest.customer, events } };
}

const isGet =
  (part: string) =>
  ({ method, target }: ClientExchange): boolean =>
    method === "GET" && target.includes(part);

describe("the service", () => {
  test("keeps its word as it truly answers, refusals among it", () => {
    const statuses = honest.customer.events.flatMap((event) =>
      event.what === "exchange" ? [event.answer?.status ?? 0] : [],
    );
    expect(new Set(statuses)).toEqual(new Set([200, 201, 204, 206, 409, 507]));
    expect(violatedBy(honest)).toEqual(new Set());
  });

  test.each<[string, () => RunRecord]>([
    [
      "another usage",
      () => answered(isGet("/v1/contract"), (text) => text.replace(/"usedBytes":\d+/, "$&0")),
    ],
    [
      "a row that is listed again",
      () =>
        answered(isGet("/v1/folders"), (text) =>
          text.replace(/"entries":\[(\{.*?\})\]/, '"entries":[$1,$1]'),
        ),
    ],
    [
      "a page that is not the last and says so",
      () =>
        answered(isGet("/v1/folders"), (text) =>
          text.replace(/"nextPageToken":"[^"]*"/, '"nextPageToken":null'),
        ),
    ],
    [
      "a generation's number that was another's",
      () =>
        answered(isGet("/v1/generations"), (text) =>
          text.replace(/"generation":4/, '"generation":3'),
        ),
    ],
    ["the bytes of another generation", () => answered(isGet("?generation="), () => "xyz")],
    [
      "a part of another file's size",
      () => withField(isGet("?generation="), "content-range", "bytes 2-4/9"),
    ],
    [
      "another place of an upload",
      () => withField(({ method }) => method === "HEAD", "upload-offset", "1"),
    ],
    [
      "less room than there is",
      () =>
        answered(
          ({ answer }) => answer?.status === 507,
          (text) => text.replace('"freeBytes":5', '"freeBytes":4'),
        ),
    ],
    [
      "another reason for a refusal",
      () =>
        answered(
          ({ answer }) => answer?.status === 409,
          (text) => text.replaceAll("folder-not-empty", "name-taken"),
        ),
    ],
  ])("does not where it tells %s", (_, told) => {
    expect(violatedBy(told())).toEqual(new Set(["service"]));
  });

  test("does not where it breaks a connection", () => {
    const broken = { what: "broken", request: "GET /", detail: "socket hang up" } as const;
    const customer = { ...honest.customer, events: [...honest.customer.events, broken] };

    expect(violatedBy({ ...honest, customer })).toEqual(new Set(["service"]));
  });
});
