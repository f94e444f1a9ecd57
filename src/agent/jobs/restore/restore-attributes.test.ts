import { describe, expect, test } from "vitest";

import { FROM, RestoreBench, STORED_AT_NS, TO } from "../../testing/restore-bench.ts";

/** A time that Node's `utimes` keeps exactly, like `STORED_AT_NS`. */
const FOLDER_AT_NS = 1_600_000_000_250_000_000n;

const STORED = { file: "text", "d/in d": "text", "d/deep/x": "text", empty: null };

function bench(target = {}): RestoreBench {
  const made = new RestoreBench({ stored: STORED, target });
  for (const [folder, mode] of [
    ["d", "0550"],
    ["d/deep", "2770"],
    ["empty", "0700"],
  ] as const) {
    made.service.folderAttributes.set(`${FROM}/${folder}`, {
      modifiedAtNs: String(FOLDER_AT_NS),
      mode,
    });
  }
  for (const [path, all] of made.service.generations) {
    made.service.generations.set(
      path,
      all.map((one) => ({ ...one, mode: "4640" })),
    );
  }
  return made;
}

async function like(made: RestoreBench, path: string): Promise<unknown> {
  const { mode, modifiedAtNs } = await made.disk.target.stat(`${TO}/${path}`);
  return [mode?.toString(8), modifiedAtNs];
}

describe("what is restored", () => {
  test("has the modes that were saved, and folders their times too", async () => {
    const made = bench();

    const { job } = await made.run();

    expect(job.status).toBe("completed");
    expect(await like(made, "file")).toEqual(["4640", STORED_AT_NS]);
    expect(await like(made, "d")).toEqual(["550", FOLDER_AT_NS]);
    expect(await like(made, "d/deep")).toEqual(["2770", FOLDER_AT_NS]);
    expect(await like(made, "empty")).toEqual(["700", FOLDER_AT_NS]);
  });

  test.each(["Sub", "sub"])(
    "is like the spelling that was written to last, where two are one folder: %s",
    async (newest) => {
      for (const onConflict of ["skip", "overwrite"] as const) {
        const made = new RestoreBench({
          stored: { "Sub/a": "a", "sub/b": "b" },
          disk: { caseSensitive: false },
        });
        for (const name of ["Sub", "sub"]) {
          const isNewest = name === newest;
          made.service.folderAttributes.set(`${FROM}/${name}`, {
            modifiedAtNs: String(isNewest ? FOLDER_AT_NS : STORED_AT_NS),
            mode: isNewest ? "0750" : "0700",
          });
          made.service.writeOrders.set(`${FROM}/${name}`, isNewest ? 2 : 1);
        }

        for (let round = 0; round < 2; round += 1) {
          const { job } = await made.run({ onConflict });

          expect(job.status).toBe("completed");
          expect(await like(made, "Sub")).toEqual(["750", FOLDER_AT_NS]);
        }
      }
    },
  );

  test("is its owner's alone until it is whole", async () => {
    const made = bench();
    const seen = new Set<number | undefined>();
    made.disk.onCall = (operation, path) => {
      if (operation !== "write") return;
      seen.add(made.disk.snapshot(path).values().next().value?.mode);
    };

    await made.run();

    expect(seen).toEqual(new Set([0o600]));
  });

  test("leaves a folder that stood there as it is, unless everything is overwritten", async () => {
    const made = bench({ "d/mine": "mine" });
    made.disk.chmod(`${TO}/d`, 0o755);

    await made.run();
    expect(await like(made, "d")).toEqual(["755", expect.anything()]);

    await made.run({ onConflict: "overwrite" });
    expect(await like(made, "d")).toEqual(["550", FOLDER_AT_NS]);
  });

  test("gives a file that is there already its mode only when everything is overwritten", async () => {
    const made = bench();
    await made.run();
    made.disk.chmod(`${TO}/file`, 0o600);

    await made.run();
    expect(await like(made, "file")).toEqual(["600", STORED_AT_NS]);

    const { job } = await made.run({ onConflict: "overwrite" });
    expect(await like(made, "file")).toEqual(["4640", STORED_AT_NS]);
    expect(job.transferredFileCount).toBe(0);
  });

  test("is restored on a disk that has no modes, and its row says so", async () => {
    const made = bench();
    made.disk.faults.add({
      operation: "chmod",
      path: TO,
      below: true,
      kind: "access-denied",
      nth: 1,
      times: 1,
    });

    const { job, rows } = await made.run();

    expect(job.status).toBe("completed");
    expect(rows.filter(({ detail }) => detail !== null)).toHaveLength(1);
  });

  test("from a PC without modes is as the host makes it", async () => {
    const made = new RestoreBench({ stored: STORED });

    await made.run();

    expect(await like(made, "file")).toEqual(["644", STORED_AT_NS]);
  });

  test("has holes where it has zeros, at its end too", async () => {
    const block = "\0".repeat(4096);
    const content = `${block}x${"\0".repeat(4095)}${block}${block}`;
    const made = new RestoreBench({ stored: { image: content } });

    const { job } = await made.run();

    expect(job.status).toBe("completed");
    expect(made.disk.tree()).toEqual({ image: content });
    expect(made.disk.snapshot(`${TO}/image`).values().next().value?.zeroBlockCount).toBe(0);
    const writes = made.disk.callsOf("write");
    expect(writes).toHaveLength(2);
  });
});
