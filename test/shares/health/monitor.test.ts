/** The watch over the shares. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../electron/platform/clock.ts";
import { ShareMonitor } from "../../../electron/shares/health/monitor.ts";
import { folderShare, quickProbe } from "../../support/station/shares.ts";
import { silentLogger } from "../../support/station/silent-logger.ts";
import { temporaryFolder } from "../../support/temporary.ts";

function watchOver(path: string, onChange: (condition: string) => void): ShareMonitor {
  const monitor = new ShareMonitor({
    shares: [folderShare(path, "Oakdale")],
    probe: quickProbe(),
    clock: systemClock,
    logger: silentLogger,
    marks: { warnPercent: 100, fullPercent: 100 },
    everyMs: 3_600_000,
    againMs: 20,
  });
  monitor.events.on("healthChanged", ({ now }) => onChange(now.condition));
  onTestFinished(() => monitor.stop());
  return monitor;
}

test("a share that did not answer is looked at again soon, not only after the usual hour", async () => {
  const path = join(temporaryFolder(), "share");
  const told: string[] = [];
  const monitor = watchOver(path, (condition) => told.push(condition));
  monitor.start();
  await expect.poll(() => told).toEqual(["not-mounted"]);
  mkdirSync(path);
  await expect.poll(() => told).toEqual(["not-mounted", "ok"]);
  expect(monitor.getLatest("Oakdale")?.isReadable).toBe(true);
});
