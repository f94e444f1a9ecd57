import { expect, test } from "vitest";

import { linesOf } from "./changed-lines.ts";

const DIFF = `diff --git a/src/a.ts b/src/a.ts
index 1..2 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -3 +3,2 @@ function one() {
-old
+new
+newer
@@ -20,2 +21,0 @@ function two() {
-gone
-gone too
diff --git a/src/b.ts b/src/b.ts
deleted file mode 100644
--- a/src/b.ts
+++ /dev/null
@@ -1 +0,0 @@
-all
`;

test("finds the new lines, the line behind those that went, and nothing of a file that is gone", () => {
  expect([...linesOf(DIFF)]).toEqual([
    [
      "src/a.ts",
      [
        [3, 4],
        [22, 22],
      ],
    ],
  ]);
});
