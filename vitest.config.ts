import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["test/fixed-seed.ts"],
    pool: "forks",
    testTimeout: 30_000,
    // Setting up a real tree takes as long as a test on a machine that does other things as well.
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: "out/test-results.json" }]],
  },
});

export default config;
