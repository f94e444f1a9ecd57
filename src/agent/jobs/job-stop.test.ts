import { expect, test } from "vitest";
import { STOPS } from "../testing/backup-bench.ts";
import { JobStop } from "./job-stop.ts";

test("the first reason to stop stays", () => {
  const stop = new JobStop();

  stop.stop(STOPS.interrupt);
  stop.stop(STOPS.logout);

  expect(stop.reason).toBe(STOPS.interrupt);
});

test("a reason to stop at once overtakes one that lists the rest, and not the other way round", () => {
  const stop = new JobStop();

  stop.stop(STOPS.interrupt);
  stop.stop(STOPS.close);
  stop.stop(STOPS.logout);

  expect(stop.reason).toBe(STOPS.close);
});

test("those who listen are told of each reason that counts until they take it back", () => {
  const stop = new JobStop();
  let toldCount = 0;
  const forget = stop.onStop(() => (toldCount += 1));

  stop.stop(STOPS.interrupt);
  stop.stop(STOPS.logout);
  expect(toldCount).toBe(1);
  forget();
  stop.stop(STOPS.close);
  expect(toldCount).toBe(1);
});
