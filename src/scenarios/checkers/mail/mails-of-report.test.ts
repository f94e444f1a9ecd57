import { beforeAll, describe, expect, test } from "vitest";

import type { RunRecord } from "../../observation/run-record.ts";
import type { Step } from "../../scenario/step.ts";
import { honestRun, violatedBy } from "../testing/honest-run.ts";

const HOUR_MS = 3_600_000;
const hours = (count: number): Step => ({ do: "wait", ms: count * HOUR_MS });

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    pc: { kind: "windows-11" },
    schedule: { weekdays: [0, 1, 2, 3, 4, 5, 6], time: "10:00" },
    mail: { to: ["owner@office.example"], secure: true, port: 465 },
    tree: { "/data/a": { content: { text: "a" } }, "/data/b": { content: { text: "b" } } },
    timeline: [
      { do: "deny", path: "/data/b" },
      hours(2),
      { do: "allow", path: "/data/b" },
      hours(24),
      // Days begin anew: the first of them comes again, and all goes well.
      { do: "set-clock", byMs: -38 * HOUR_MS },
      hours(14),
    ],
  });
});

describe("mails of two slots of one day", () => {
  test("are one where only the first of them met trouble", () => {
    expect(violatedBy(honest)).toEqual(new Set());
    expect(honest.pc?.mails.filter(({ subject }) => !subject.includes("テスト"))).toHaveLength(1);
  });

  test("that tell of the first once more behind the second violate I8", () => {
    const { pc } = honest;
    const mail = pc?.mails.at(-1);
    if (pc === undefined || mail === undefined) throw new Error("there is no mail");
    const again = { ...mail, messageId: "again", elapsedMs: pc.endElapsedMs - 1000 };
    const found = violatedBy({ ...honest, pc: { ...pc, mails: [...pc.mails, again] } });
    expect(found).toEqual(new Set(["I8"]));
  });
});
