import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");

export default defineConfig({
  root,
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    reporters: ["default", "./test/support/summary-reporter.ts"],
    // Real ffmpeg and real speech recognition take seconds; a hang is a failure all the same.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The same for what a test waits for: it comes as soon as it is there, and a busy machine may take its time.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
    // A test that depends on another one is a defect.
    sequence: { shuffle: { files: false, tests: true } },
    server: {
      // The CEA-608 decoder of hls.js is imported as source, by file path: its package does not export it.
      deps: { inline: [/hls\.js/] },
    },
  },
});
