/** A whole station in this process, over real ffmpeg and the real speech engine. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { historyOf } from "../../../electron/catalog/repositories/job-history.ts";
import { jobOf } from "../../../electron/catalog/repositories/jobs.ts";
import { type RecordingWish, recordingJob } from "../../../electron/intake/transcription-job.ts";
import { openStation } from "../../../electron/station.ts";
import { sampleVideo } from "../paths.ts";
import { temporaryFolder } from "../temporary.ts";

/** A short meeting at a path; folders are made. @param from second of the sample at which it begins */
export function meetingAt(path: string, seconds = 6, from = 2): string {
  mkdirSync(dirname(path), { recursive: true });
  const cut = ["-ss", String(from), "-i", sampleVideo, "-t", String(seconds), "-c", "copy"];
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", ...cut, path]);
  return path;
}

interface Share {
  readonly label: string;
  readonly path: string;
  readonly role?: string;
  readonly mustBeMounted?: boolean;
}

export interface StationWish {
  readonly shares?: readonly Share[];
  readonly cities?: readonly object[];
  /** Groups of settings that go over the usual ones. */
  readonly settings?: Readonly<Record<string, object>>;
  readonly dataFolder?: string;
}

/** Opens a station; nothing runs before its operation is started. */
export function testStation({
  shares = [],
  cities = [],
  settings = {},
  dataFolder = temporaryFolder(),
}: StationWish = {}) {
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
  };
  const whole = { ...usual, ...settings };
  for (const [group, values] of Object.entries(settings)) whole[group] = { ...usual[group], ...values };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(whole));
  const station = openStation({ dataFolder, environment: {}, purpose: "a test" });
  const { operation, catalog, workshop } = station;
  onTestFinished(async () => {
    await operation.stop();
    await station.close();
  });
  const add = (path: string, wish: Partial<RecordingWish> = {}): string => {
    const submission = recordingJob(workshop.settings, { path, modifiedMs: Date.now(), now: new Date(), ...wish });
    return operation.desk.submit(submission).job.id;
  };
  return {
    ...station,
    add,
    job: (id: string) => jobOf(catalog, id),
    history: (id: string) => historyOf(catalog, id),
    /** What recoveries did, by class. */
    recoveries: (id: string): readonly string[] =>
      historyOf(catalog, id)
        .filter(({ kind }) => kind === "recovery")
        .map(({ details }) => (JSON.parse(details ?? "{}") as { class: string }).class),
  };
}
