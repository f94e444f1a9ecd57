import { describe, expect, test } from "vitest";

import type { Contract } from "../../protocol/http/schemas.ts";
import { UsageNoticeStore } from "./usage-notice-store.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { memoryDatabase } from "../testing/fixtures.ts";
import { UsageNotice, type UsageNoticeOptions } from "./usage-notice.ts";

const CONTRACT: Contract = {
  loginId: "taro",
  nickname: "太郎",
  edition: "office-anshin",
  plan: "standard",
  generationCountMax: 10,
  quotaBytes: 1000,
  usedBytes: 250,
  freeBytes: 750,
};

const store = (): UsageNoticeStore => new UsageNoticeStore(memoryDatabase());

interface Given extends UsageNoticeOptions {
  readonly clock: FakeClock;
  readonly zone: string;
}

function take({ zone, ...given }: Given): Promise<Contract | null> {
  return new UsageNotice(given).take(zone);
}

function options(given: Partial<Given> = {}): Given {
  return {
    clock: new FakeClock(),
    log: { write: () => undefined },
    store: store(),
    isOn: () => true,
    contract: () => Promise.resolve(CONTRACT),
    waitMsMax: 3_000,
    zone: "Asia/Tokyo",
    ...given,
  };
}

describe("the usage notice (F35)", () => {
  test("is given once a month of the PC's own calendar", async () => {
    const given = options();
    // The last second of November and the first of December, in Tokyo.
    given.clock.setWallClock(Date.UTC(2026, 10, 30, 14, 59, 59));
    expect(await take(given)).toEqual(CONTRACT);
    expect(await take(given)).toBeNull();

    given.clock.setWallClock(Date.UTC(2026, 10, 30, 15));
    expect(await take({ ...given, zone: "UTC" })).toBeNull();
    expect(await take(given)).toEqual(CONTRACT);
    expect(await take(given)).toBeNull();
    expect(given.clock.timerCount).toBe(0);
  });

  test("is left for the next start when the service cannot be asked", async () => {
    const given = options();
    const contract = (): Promise<Contract> => Promise.reject(new Error("unreachable"));

    expect(await take({ ...given, contract })).toBeNull();
    expect(await take(given)).toEqual(CONTRACT);
  });

  test("keeps nobody waiting for a service that says nothing", async () => {
    const silent = Promise.withResolvers<Contract>();
    const given = options({ contract: () => silent.promise });
    const notice = take(given);

    await given.clock.advance(3_000);

    expect(await notice).toBeNull();
    expect(given.store.month()).toBeUndefined();
  });

  test("is not even asked for when it is switched off", async () => {
    const contract = (): never => expect.unreachable();

    expect(await take(options({ isOn: () => false, contract }))).toBeNull();
  });
});
