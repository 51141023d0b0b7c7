/** `archivist shares …` */

import { countShareFiles, listShareFiles, type ShareFileState } from "../../catalog/repositories/share-files.ts";
import { ArchivistError, type ArchivistError as Fault, toArchivistError } from "../../contract/errors.ts";
import type { ShareSettings } from "../../contract/settings/shares.ts";
import { formatBytes } from "../../contract/sizes.ts";
import { scanCheckedShare } from "../../intake/scan-shares.ts";
import { planMoves, runMoves } from "../../maintenance/life-cycle.ts";
import type { ShareHealth } from "../../shares/health/judge.ts";
import type { Station } from "../../station.ts";
import { interruptible } from "../terminal/interruption.ts";
import { counted, errorJson, errorLine, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { table } from "../terminal/table.ts";
import { type QueueOptions, withQueue } from "./open.ts";

function chosen({ settings }: Station, labels: readonly string[]): readonly ShareSettings[] {
  const all = settings.shares.servers;
  if (all.length === 0) throw new ArchivistError("share.none");
  if (labels.length === 0) return all;
  return labels.map((label) => {
    const share = all.find((each) => each.label.toLowerCase() === label.toLowerCase());
    if (share === undefined) throw new ArchivistError("share.unknown", { subject: label });
    return share;
  });
}

export function sharesListCommand(options: QueueOptions): Promise<number> {
  return withQueue(options, "shares list", (station) => {
    const shares = chosen(station, []);
    const counts = countShareFiles(station.catalog);
    const cities = (label: string): readonly string[] =>
      station.settings.cities.members.filter((city) => city.shares.includes(label)).map(({ name }) => name);
    const listFiles = (label: string) =>
      Object.fromEntries(counts.filter(({ share }) => share === label).map(({ state, count }) => [state, count]));
    if (options.json) {
      printJson({
        shares: shares.map((share) => ({ ...share, cities: cities(share.label), files: listFiles(share.label) })),
      });
      return 0;
    }
    const rows = shares.map(({ label, role, path }) => {
      const files = listFiles(label);
      const total = Object.entries(files).reduce((sum, [state, count]) => sum + (state === "vanished" ? 0 : count), 0);
      return [label, role, cities(label).join(", "), `${total}`, `${(files.new ?? 0) + (files.ready ?? 0)}`, path];
    });
    printResult(table(["share", "role", "cities", "files", "new", "path"], rows));
    return 0;
  });
}

const gigabytes = (bytes: number | undefined): string => (bytes === undefined ? "" : formatBytes(bytes));

function healthJson(health: ShareHealth) {
  return {
    label: health.label,
    path: health.path,
    status: health.status,
    condition: health.condition,
    readable: health.isReadable,
    writable: health.isWritable,
    percent_used: health.usedPercent ?? null,
    total: health.totalBytes ?? null,
    free: health.freeBytes ?? null,
    latency_ms: health.latencyMs ?? null,
    message: health.message,
    last_check: health.checkedDate,
  };
}

/** Exit code 1 when a share is unhealthy. */
export function sharesCheckCommand(labels: readonly string[], options: QueueOptions): Promise<number> {
  return withQueue(options, "shares check", async (station) => {
    const shares = chosen(station, labels);
    const all = await Promise.all(shares.map((share) => station.runtime.monitor.check(share)));
    const isUnhealthy = all.some(({ status }) => status === "unhealthy");
    if (options.json) {
      printJson({ status: isUnhealthy ? "unhealthy" : "healthy", shares: all.map(healthJson) });
    } else {
      const rows = all.map((health) => [
        health.label,
        health.status,
        health.usedPercent === undefined ? "" : `${health.usedPercent} %`,
        gigabytes(health.freeBytes),
        health.latencyMs === undefined ? "" : `${health.latencyMs.toFixed(1)} ms`,
        health.message,
      ]);
      printResult(table(["share", "status", "used", "free", "latency", ""], rows));
    }
    return isUnhealthy ? 1 : 0;
  });
}

export function sharesScanCommand(labels: readonly string[], options: QueueOptions): Promise<number> {
  return withQueue(options, "shares scan", async (station) => {
    const results: unknown[] = [];
    let failures = 0;
    for (const share of chosen(station, labels)) {
      const result = await scanOne(station, share);
      if (result instanceof ArchivistError) {
        failures++;
        results.push({ share: share.label, error: errorJson(result) });
        if (!options.json) printNotice(errorLine(result.about(share.label)));
        continue;
      }
      const { unreadable, ...counts } = result;
      results.push({ share: share.label, ...counts, unreadable });
      if (options.json) continue;
      const { files, added, changed, vanished, ready } = counts;
      printResult(
        `${share.label}: ${counted(files, "file")}, ${added} new, ${changed} changed, ${vanished} gone, ${ready} ready.`,
      );
      for (const { path, error } of unreadable.slice(0, 10))
        printNotice(printable(`  ${path}: cannot be looked at (${error})`));
    }
    if (options.json) printJson({ results });
    return failures > 0 ? 1 : 0;
  });
}

async function scanOne({ runtime }: Station, share: ShareSettings) {
  try {
    return await scanCheckedShare(runtime, share);
  } catch (thrown) {
    return toArchivistError(thrown) as Fault;
  }
}

export interface FilesOptions extends QueueOptions {
  readonly state?: readonly ShareFileState[];
  readonly city?: string;
}

export function sharesFilesCommand(labels: readonly string[], options: FilesOptions): Promise<number> {
  return withQueue(options, "shares files", (station) => {
    const files = chosen(station, labels).flatMap(({ label }) =>
      listShareFiles(station.catalog, {
        share: label,
        ...(options.state === undefined ? {} : { states: options.state }),
        ...(options.city === undefined ? {} : { cities: [options.city] }),
      }),
    );
    if (options.json) printJson({ files });
    else if (files.length === 0) printResult("There are no such files. Look for them: archivist shares scan");
    else {
      const rows = files.map(({ share, state, city, meetingDate, path, reason }) => [
        share,
        state,
        city ?? "",
        meetingDate ?? "",
        path,
        reason ?? "",
      ]);
      printResult(table(["share", "state", "city", "date", "file", ""], rows));
    }
    return 0;
  });
}

export interface LifeCycleOptions extends QueueOptions {
  readonly apply?: boolean;
}

/** Lists what would be moved to the shares for old recordings; with --apply, moves it. */
export function sharesAgeCommand(options: LifeCycleOptions): Promise<number> {
  return withQueue(options, "shares age", async (station) => {
    chosen(station, []);
    const { services, runtime } = station;
    const deps = { services, monitor: runtime.monitor };
    const plan = await planMoves(deps);
    if (!options.apply) {
      if (options.json) {
        const moves = plan.moves.map(({ recording, from, to }) => ({
          path: recording.path,
          from: from.label,
          to: to.label,
        }));
        const refused = plan.refused.map(({ recording, reason }) => ({
          share: recording.share,
          path: recording.path,
          reason,
        }));
        printJson({ dry_run: true, moves, refused });
        return 0;
      }
      for (const { recording, from, to } of plan.moves)
        printResult(printable(`${from.label} → ${to.label}: ${recording.path}`));
      for (const { recording, reason } of plan.refused)
        printResult(printable(`stays: ${recording.share}: ${recording.path}: ${reason}`));
      printResult(
        `${counted(plan.moves.length, "recording")} would be moved. Nothing was touched: --apply moves them.`,
      );
      return 0;
    }
    if (!services.settings.lifeCycle.enabled) {
      throw new ArchivistError("usage.invalid", {
        cause: "moving recordings is switched off",
        remedy: "Set lifeCycle.enabled to true in the settings first.",
      });
    }
    const done = await interruptible((signal) => runMoves({ ...deps, signal }));
    if (options.json) printJson({ dry_run: false, moved: done.moved, failed: done.failed });
    else {
      printResult(`${counted(done.moved, "recording")} moved.`);
      for (const { path, reason } of done.failed) printNotice(printable(`${path}: ${reason}`));
    }
    return done.failed.length > 0 ? 1 : 0;
  });
}
