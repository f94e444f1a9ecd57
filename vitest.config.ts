import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["test/fixed-seed.ts"],
    pool: "forks",
    // One file a core: most wait for processes of their own.
    maxWorkers: "100%",
    // Nothing is decided by the clock: what ends here hangs. The longest test takes a minute on a machine that does
    // nothing else; a busy one takes ten times as long. Loops that wait for something give up earlier, after ten
    // minutes, and say for what they waited.
    testTimeout: 15 * 60_000,
    hookTimeout: 15 * 60_000,
    reporters: ["default", ["json", { outputFile: "out/test-results.json" }]],
  },
});

export default config;
