import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "..");

export default defineConfig({
  root,
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    reporters: ["default", "./test/support/summary-reporter.ts"],
    // Real ffmpeg and real speech recognition take seconds, several times as long on a busy machine. These limits only
    // end tests that hang: no test has its own limit, and none passes because of its speed.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 120_000 } },
    // On two cores: a third waits for browsers and pauses of the others.
    maxWorkers: 3,
    // A test that depends on another one is a defect.
    sequence: { shuffle: { files: false, tests: true } },
    server: {
      // The CEA-608 decoder of hls.js is imported as source, by file path: its package does not export it.
      deps: { inline: [/hls\.js/] },
    },
  },
});
