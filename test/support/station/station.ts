/** A complete station in this process, with real ffmpeg and the real speech engine. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { listHistory } from "../../../electron/catalog/repositories/job-history.ts";
import { findJob } from "../../../electron/catalog/repositories/jobs.ts";
import { createTranscriptionJob, type RecordingRequest } from "../../../electron/intake/transcription-job.ts";
import type { Clock } from "../../../electron/platform/clock.ts";
import { openStation } from "../../../electron/station.ts";
import { sampleVideo } from "../paths.ts";
import { temporaryFolder } from "../temporary.ts";
import { rememberProcessor } from "./known-processor.ts";

/** Writes a short meeting to a path, creating folders as needed. @param from start in the sample, in seconds */
export function meetingAt(path: string, seconds = 6, from = 2): string {
  mkdirSync(dirname(path), { recursive: true });
  const cut = ["-ss", String(from), "-i", sampleVideo, "-t", String(seconds), "-c", "copy"];
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", ...cut, path]);
  return path;
}

/** The sample meeting again and again, some twenty minutes: work that does not end while a test does something else. */
export function longMeetingAt(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const repeated = ["-stream_loop", "9", "-i", sampleVideo, "-c", "copy"];
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", ...repeated, path]);
  return path;
}

interface Share {
  readonly label: string;
  readonly path: string;
  readonly role?: string;
  readonly mustBeMounted?: boolean;
}

export interface TestStationOptions {
  readonly shares?: readonly Share[];
  readonly cities?: readonly object[];
  /** Setting groups that override the defaults. */
  readonly settings?: Readonly<Record<string, object>>;
  readonly dataFolder?: string;
  readonly clock?: Clock;
}

/** Opens a station; nothing runs before its operation is started. */
export function testStation({
  shares = [],
  cities = [],
  settings = {},
  dataFolder = temporaryFolder(),
  clock,
}: TestStationOptions = {}) {
  const usual: Record<string, object> = {
    speech: { model: "archivist-demo-en", beamSize: 1, threads: 1, windowSeconds: 5 },
    queue: { retrySeconds: 0.2, freeMegabytes: 1 },
    intake: { automatic: false, pollSeconds: 3_600, minAgeSeconds: 0, stablePolls: 1, maxAgeDays: 3_650 },
    shares: {
      servers: shares.map(({ label, path, role = "active", mustBeMounted = false }) => ({
        label,
        path,
        role,
        mustBeMounted,
      })),
      checkSeconds: 1,
      probeSeconds: 1,
    },
    cities: { members: cities },
    // A job more after each transcription: the tests of them switch them on.
    media: { pictures: false },
  };
  const whole = { ...usual, ...settings };
  for (const [group, values] of Object.entries(settings)) whole[group] = { ...usual[group], ...values };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(whole));
  rememberProcessor(dataFolder);
  const station = openStation({
    dataFolder,
    environment: {},
    purpose: "a test",
    ...(clock === undefined ? {} : { clock }),
  });
  const { runtime, catalog, services } = station;
  let closing: Promise<void> | undefined;
  /** Ends it, as far as the test has not done so. */
  const close = (): Promise<void> => {
    closing ??= runtime.stop().then(station.close);
    return closing;
  };
  onTestFinished(close);
  const add = (path: string, request: Partial<RecordingRequest> = {}): string => {
    const submission = createTranscriptionJob(services.settings, {
      path,
      modifiedMs: Date.now(),
      now: new Date(),
      ...request,
    });
    return runtime.jobService.submit(submission).job.id;
  };
  return {
    ...station,
    close,
    add,
    job: (id: string) => findJob(catalog, id),
    history: (id: string) => listHistory(catalog, id),
    /** The actions of recoveries, by class. */
    recoveries: (id: string): readonly string[] =>
      listHistory(catalog, id)
        .filter(({ kind }) => kind === "recovery")
        .map(({ details }) => (JSON.parse(details ?? "{}") as { class: string }).class),
  };
}
