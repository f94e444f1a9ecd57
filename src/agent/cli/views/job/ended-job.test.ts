import { expect, test } from "vitest";

import { message } from "../../../../messages/message.ts";
import { Output } from "../../output/output.ts";
import { fakeCliIo } from "../../testing/fake-cli-io.ts";
import { fileRecord, jobRecord } from "../../testing/job-records.ts";
import { renderEndedJob } from "./ended-job.ts";
import { TroubledFiles } from "./troubled-files.ts";

const CUT = message("exchange.reset");
const STOPPED = jobRecord({
  id: 3,
  status: "communication-error",
  causes: ["B-CE-3"],
  detail: CUT,
});

function ended(troubled: TroubledFiles, language: "ja" | "en", areCausesTold = false): string {
  const output = new Output(fakeCliIo({ env: { NO_COLOR: "1" } }), { json: false, language });
  const commands = { detailsCommand: "history show 3", rerunCommand: "azukeru-agent rerun 3" };
  return renderEndedJob(STOPPED, { troubled, areCausesTold, ...commands }, output);
}

function stopped(): TroubledFiles {
  const troubled = new TroubledFiles();
  troubled.add(
    fileRecord({ path: "own", status: "access-denied", detail: message("disk.unreadable-file") }),
  );
  for (let at = 0; at < 55; at += 1) {
    troubled.add(fileRecord({ path: `rest-${at}`, status: "communication-error", detail: CUT }));
  }
  return troubled;
}

test("what a stopped job did not come to is one line, beside what failed for itself", () => {
  const text = ended(stopped(), "en");

  expect(text).toContain("55 files not reached\n  Run again: azukeru-agent rerun 3");
  expect(text).not.toContain("rest-");
  expect(text).toContain("own - the disk refuses to let it be read");
  expect(ended(stopped(), "ja")).toContain(
    "55件は処理していません\n  再実行: azukeru-agent rerun 3",
  );
});

test("one that failed for itself is named however many were not reached before it", () => {
  const troubled = stopped();
  troubled.add(
    fileRecord({ path: "late", status: "unexpected", detail: message("backup.replaced") }),
  );

  expect(ended(troubled, "en")).toContain("late - something else took its place");
});

test("causes that were told with an earlier job are not told again", () => {
  expect(ended(new TroubledFiles(), "ja")).toContain("対処:");
  expect(ended(new TroubledFiles(), "ja", true)).not.toContain("対処:");
  expect(ended(new TroubledFiles(), "ja", true)).toContain("上と同じです [B-CE-3]");
});
