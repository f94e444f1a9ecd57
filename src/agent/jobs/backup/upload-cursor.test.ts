import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { communicationFailure, refused } from "../../testing/failures.ts";
import { FakeClock } from "../../testing/fake-clock.ts";
import { DESTINATION, smallTuning } from "../../testing/fixtures.ts";
import { MemoryService } from "../../testing/memory-service.ts";
import { JobStop } from "../job-stop.ts";
import { Retrier } from "../retrier.ts";
import { UploadCursor } from "./upload-cursor.ts";

const CONTENT = Buffer.from("0123456789abcdefghij");
const PIECE_BYTES = 8;

/** An upload of `CONTENT` that has begun, and the means to bring it forward. */
class CursorBench {
  readonly clock = new FakeClock();
  readonly service = new MemoryService();

  async send(offsetBytes = 0): Promise<boolean> {
    const { url } = await this.upload();
    return this.clock.settle(this.#sendAll(url, offsetBytes));
  }

  /** The one upload there is. */
  async upload(): Promise<{ readonly url: string; readonly bytes: Uint8Array }> {
    const path = [...DESTINATION.split("/"), "a"];
    if (this.service.uploads.size === 0)
      await this.service.createUpload(path, {
        sizeBytes: CONTENT.length,
        modifiedAtNs: 0n,
        mode: undefined,
      });
    const [found] = this.service.uploads;
    if (found === undefined) throw new Error("there is no upload");
    return { url: found[0], bytes: found[1].bytes };
  }

  async #sendAll(url: string, offsetBytes: number): Promise<boolean> {
    const retrier = new Retrier({
      clock: this.clock,
      entropy: { random: () => 0 },
      tuning: smallTuning(),
      stop: new JobStop(),
      onExhausted: () => Promise.resolve(),
    });
    const { service } = this;
    const cursor = new UploadCursor(
      { service, retrier },
      { url, appendBytesMax: 1_000, offsetBytes },
    );
    for (let start = 0; start < CONTENT.length; start += PIECE_BYTES) {
      if (!(await cursor.send(start, CONTENT.subarray(start, start + PIECE_BYTES)))) return false;
    }
    return true;
  }
}

describe("an upload", () => {
  test("brings every byte to its place and asks nothing when nothing goes wrong", async () => {
    const bench = new CursorBench();

    expect(await bench.send()).toBe(true);

    expect((await bench.upload()).bytes).toEqual(CONTENT);
    expect(bench.service.callCount("uploadOffset")).toBe(0);
  });

  test("cut at any byte goes on from there, and no byte is sent twice", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: PIECE_BYTES }), async (cutAfterBytes) => {
        const bench = new CursorBench();
        bench.service.cutNextAppendAfterBytes = cutAfterBytes;

        expect(await bench.send()).toBe(true);

        expect((await bench.upload()).bytes).toEqual(CONTENT);
        expect(bench.service.receivedBytes).toBe(CONTENT.length);
      }),
    );
  });

  test("whose answer was lost is not sent again", async () => {
    const bench = new CursorBench();
    bench.service.fail("appendUpload", { when: "after", times: 1 });

    expect(await bench.send()).toBe(true);

    expect(bench.service.receivedBytes).toBe(CONTENT.length);
  });

  test("that an earlier job brought forward sends only the rest", async () => {
    const bench = new CursorBench();
    const { url } = await bench.upload();
    await bench.service.appendUpload(url, 0, CONTENT.subarray(0, 11));

    expect(await bench.send(11)).toBe(true);

    expect((await bench.upload()).bytes).toEqual(CONTENT);
    expect(bench.service.receivedBytes).toBe(CONTENT.length);
  });

  test("that stands elsewhere than it was thought to is brought forward from where it stands", async () => {
    const bench = new CursorBench();
    const { url } = await bench.upload();
    await bench.service.appendUpload(url, 0, CONTENT.subarray(0, 5));

    expect(await bench.send(0)).toBe(true);

    expect((await bench.upload()).bytes).toEqual(CONTENT);
  });
});

describe("an upload cannot go on", () => {
  test.each(["not-found", "upload-completed"] as const)("when an append is %s", async (code) => {
    const bench = new CursorBench();
    bench.service.fail("appendUpload", { error: refused(code) });

    expect(await bench.send()).toBe(false);
  });

  test("when the service forgot it while the agent asked how far it came", async () => {
    const bench = new CursorBench();
    bench.service.fail("appendUpload", { times: 1 });
    bench.service.onCall = (exchange) => {
      if (exchange === "uploadOffset") bench.service.uploads.clear();
    };

    expect(await bench.send()).toBe(false);
  });

  test("when the service lost bytes that it had", async () => {
    const bench = new CursorBench();
    const { url } = await bench.upload();
    bench.service.onCall = (exchange) => {
      const upload = bench.service.uploads.get(url);
      if (exchange !== "appendUpload" || upload?.bytes.length !== 16) return;
      upload.bytes = CONTENT.subarray(0, 3);
      bench.service.onCall = () => undefined;
    };

    expect(await bench.send()).toBe(false);
  });

  test("when the service contradicts itself about where it stands, for ever", async () => {
    const bench = new CursorBench();
    bench.service.fail("appendUpload", { error: refused("upload-offset-mismatch") });

    expect(await bench.send()).toBe(false);
    expect(bench.service.callCount("appendUpload")).toBeLessThan(10);
  });

  test.each([
    ["nowhere further than before", 0],
    ["further than what was sent", 9],
  ])("when the service takes bytes and says that it came %s, for ever", async (_, offsetBytes) => {
    const bench = new CursorBench();
    const answers = bench.service;
    answers.appendUpload = async () => {
      answers.calls.push("appendUpload ");
      if (answers.callCount("appendUpload") > 100) throw new Error("endless");
      return offsetBytes;
    };

    expect(await bench.send()).toBe(false);
  });
});

test("a refusal of another kind is passed on", async () => {
  const bench = new CursorBench();
  bench.service.fail("appendUpload", { error: refused("insufficient-capacity") });

  await expect(bench.send()).rejects.toMatchObject({ failure: { kind: "refused" } });
});

test("a service that stays silent ends in its error once the budget is over", async () => {
  const bench = new CursorBench();
  bench.service.fail("appendUpload", { error: communicationFailure({ way: "timeout" }) });

  await expect(bench.send()).rejects.toMatchObject({ failure: { way: "timeout" } });
});
