/** `npm run test:quick`: pure code and services, without a browser, speech recognition, packaging or a prior build. */
import { defineConfig, mergeConfig } from "vitest/config";
import all from "./vitest.config.ts";

/** Tests left to `npm test`, by reason. */
const slow: Readonly<Record<string, readonly string[]>> = {
  "needs Chromium and the built pages": [
    "test/e2e/**",
    "test/api/behind-proxy.test.ts",
    "test/cablecast/practice-page.test.ts",
    "test/shell/protocols.test.ts",
  ],
  "recognizes speech": [
    "test/api/meeting-services.test.ts",
    "test/api/recording.test.ts",
    "test/editing/quality.test.ts",
    "test/headless/demo/**",
    "test/intake/intake.test.ts",
    "test/legacy/{contract,rest}.test.ts",
    "test/maintenance/life-cycle.test.ts",
    "test/speech/engine-contract.test.ts",
    "test/speech/real/**",
    "test/speech/whisper-host/**",
    "test/transcription/glossary-name.test.ts",
    "test/transcription/live-words.test.ts",
    "test/transcription/recovery/**",
  ],
  "needs another program of native/": [
    "test/monitoring/service-health.test.ts",
    "test/native/**",
    "test/shares/share-probe.test.ts",
    "test/shares/health/monitor.test.ts",
  ],
  "starts the whole program again and again": [
    "test/editing/kill.test.ts",
    "test/headless/*.test.ts",
    "test/headless/models/**",
    "test/shell/{checklist,command-line,restore,supervision,window}.test.ts",
  ],
  "tries thousands of orders, or every step of a publication with every fault": [
    "test/cablecast/publisher.test.ts",
    "test/queue/model.test.ts",
  ],
  "packs the program": ["test/packaging/**"],
  "checks the whole repository with tools of its own": ["test/project/rules.test.ts"],
  "encodes video for seconds": ["test/media/preview-copy.test.ts"],
};

export default mergeConfig(all, defineConfig({ test: { exclude: Object.values(slow).flat() } }));
