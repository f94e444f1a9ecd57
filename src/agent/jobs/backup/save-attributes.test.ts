import { describe, expect, test } from "vitest";

import { BackupBench } from "../../testing/backup-bench.ts";
import { LARGE, SMALL, WHOLE } from "../../testing/fixtures.ts";
import { communicationFailure } from "../../testing/failures.ts";

const TREE = { small: SMALL, whole: WHOLE, large: LARGE, "d/in d": SMALL, "d/empty": null };

async function backedUp(settings = {}): Promise<BackupBench> {
  const bench = new BackupBench({ tree: TREE, settings });
  bench.disk.chmod("/source/whole", 0o600);
  bench.disk.chmod("/source/d", 0o700);
  await bench.run();
  return bench;
}

function modes(bench: BackupBench): Readonly<Record<string, string | null | undefined>> {
  const all = Object.keys(TREE).map((path) => [
    path,
    bench.service.generations.get(bench.at(path))?.at(-1)?.mode,
  ]);
  return Object.fromEntries(all.filter(([, mode]) => mode !== undefined));
}

describe("modes of files", () => {
  test("go along with the bytes, whichever way those go", async () => {
    expect(modes(await backedUp())).toEqual({
      small: "0644",
      whole: "0600",
      large: "0644",
      "d/in d": "0644",
    });
  });

  test("that changed alone are saved without bytes and without a generation: 差分無し", async () => {
    const bench = await backedUp();
    const sentBytes = bench.service.receivedBytes;
    for (const path of ["small", "whole", "large"]) bench.disk.chmod(`/source/${path}`, 0o4750);

    const { job, statuses } = await bench.run();

    expect(modes(bench)).toMatchObject({ small: "4750", whole: "4750", large: "4750" });
    expect(new Set(Object.values(statuses))).toEqual(new Set(["no-difference"]));
    expect(job).toMatchObject({ status: "completed", transferredFileCount: 0 });
    expect(bench.service.receivedBytes).toBe(sentBytes);
    expect(bench.service.generations.get(bench.at("whole"))).toHaveLength(1);
    const batches = bench.service.callCount("putBatch");
    await bench.run();
    expect(bench.service.callCount("putBatch")).toBe(batches);
  });

  test("of a file that the service lost are no reason to call it saved", async () => {
    const bench = await backedUp();
    for (const path of ["small", "large"]) {
      bench.service.generations.delete(bench.at(path));
      bench.disk.chmod(`/source/${path}`, 0o600);
    }

    const { statuses } = await bench.run();

    expect(statuses).toMatchObject({ small: "completed", large: "completed" });
    expect(bench.stored()).toMatchObject({ small: SMALL, large: LARGE });
    expect(modes(bench)).toMatchObject({ small: "0600", large: "0600" });
  });

  test("that the service lists otherwise are saved again with 差分比較アップロード", async () => {
    const bench = await backedUp({ compareUpload: true });
    const stored = bench.service.generations.get(bench.at("large"))?.at(-1);
    if (stored === undefined) throw new Error("nothing stored");
    bench.service.generations.set(bench.at("large"), [{ ...stored, mode: null }]);

    const { statuses } = await bench.run();

    expect(modes(bench)).toMatchObject({ large: "0644" });
    expect(statuses).toMatchObject({ large: "no-difference" });
  });
});

describe("times and modes of folders", () => {
  test("are saved once everything else is", async () => {
    const bench = await backedUp();
    const { modifiedAtNs } = await bench.disk.source.stat("/source/d");

    expect(bench.service.folderAttributes.get(bench.at("d"))).toEqual({
      modifiedAtNs: String(modifiedAtNs),
      mode: "0700",
    });
    expect(bench.service.folderAttributes.has(bench.at("d/empty"))).toBe(true);
    expect(bench.service.calls.at(-2)).toMatch(/^putBatch /);
  });

  test("are saved again when they changed, and only then", async () => {
    const bench = await backedUp();
    bench.disk.chmod("/source/d", 0o755);

    await bench.run();

    expect(bench.service.folderAttributes.get(bench.at("d"))?.mode).toBe("0755");
    const batches = bench.service.callCount("putBatch");
    await bench.run();
    expect(bench.service.callCount("putBatch")).toBe(batches);
  });

  test("that cannot be saved make the job incomplete, without a row", async () => {
    const bench = new BackupBench({ tree: { "d/a": SMALL } });
    bench.service.onCall = (exchange, paths) => {
      if (exchange === "putBatch" && paths.includes(bench.at("d"))) throw communicationFailure();
    };

    const { job, statuses } = await bench.run();

    expect(job.status).toBe("communication-error");
    expect(statuses).toEqual({ "d/a": "completed" });
  });

  test("of a folder that came into being anew are told again", async () => {
    const bench = await backedUp({ compareUpload: true });
    const attributes = bench.service.folderAttributes.get(bench.at("d"));
    bench.service.generations.delete(bench.at("d/in d"));
    bench.service.folders.delete(bench.at("d"));
    bench.service.folders.delete(bench.at("d/empty"));
    bench.service.folderAttributes.clear();

    await bench.run();

    expect(bench.service.folderAttributes.get(bench.at("d"))).toEqual(attributes);
  });

  test("of a folder that neither the PC nor the service has are not told again", async () => {
    const bench = new BackupBench({ tree: { a: SMALL, "d/refused": SMALL } });
    bench.disk.refuse("open", "/source/d/refused", "access-denied");
    await bench.run();
    bench.disk.remove("/source/d");
    const batches = bench.service.callCount("putBatch");

    await bench.run();

    expect(bench.service.callCount("putBatch")).toBe(batches);
  });

  test("of a folder that comes to the service later are told then", async () => {
    const bench = new BackupBench({ tree: { "d/refused": SMALL } });
    bench.disk.refuse("open", "/source/d/refused", "access-denied");
    await bench.run();
    expect(bench.service.folders).not.toContain(bench.at("d"));
    bench.disk.write("/source/d/a", SMALL);

    await bench.run();

    expect(bench.service.folderAttributes.has(bench.at("d"))).toBe(true);
  });
});
