/** Checks whether jobs may start: the share responds, share and disk have space, no maintenance window is open. */
import type { JobRow } from "../catalog/repositories/jobs.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../platform/clock.ts";
import type { DiskWatch } from "../platform/disk-watch.ts";
import type { StartBlock, StartConditions } from "../queue/decision.ts";
import { openWindow } from "../queue/schedules/maintenance-windows.ts";
import type { ShareMonitor } from "../shares/health/monitor.ts";

export interface StartConditionsDeps {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly monitor: ShareMonitor;
  readonly disk: DiskWatch;
}

export function createStartConditions({ settings, clock, monitor, disk }: StartConditionsDeps): StartConditions {
  const { maintenanceWindows, timeZone } = settings.schedules;
  const window = () => openWindow(maintenanceWindows, clock.now(), timeZone ?? undefined);

  /** A share that was removed from the settings does not block jobs: its file either exists or not. */
  const shareHold = ({ share: label, type }: Pick<JobRow, "share" | "type">): StartBlock | undefined => {
    const share = monitor.shares.find((each) => each.label === label);
    if (share === undefined) return undefined;
    const health = monitor.getLatest(share.label);
    // A job that only brings files has nothing to do while they cannot be written.
    if (health?.isReadable && health.hasRoom && (type !== "deliver" || health.isWritable)) return undefined;
    const why = health?.message ?? "It has not been looked at yet.";
    return { waitsFor: "share", message: `the share ${share.label} is not ready. ${why}` };
  };

  return {
    getStartBlock: (job, pool) => {
      const open = pool === "transcription" ? window() : undefined;
      if (open !== undefined) return { waitsFor: "window", message: `nothing heavy starts before ${open.to}` };
      return shareHold(job);
    },
    isUnblocked: (waitsFor, job) => {
      if (waitsFor === "window") return window() === undefined;
      return waitsFor === "disk" ? disk.hasRoom : shareHold(job) === undefined;
    },
  };
}
