/** What a job is to whoever asks for it, on every transport. */

/** Kinds of slots: each job takes one of its pool while it runs, and the screens show jobs by pool. */
export const jobPools = ["transcription", "render", "network", "maintenance"] as const;
export type JobPool = (typeof jobPools)[number];

export const jobTypes = ["process", "render_clips", "publish", "sync", "backup", "maintenance", "proxy"] as const;
export type JobType = (typeof jobTypes)[number];

export interface JobTypeInfo {
  readonly pool: JobPool;
  /** What people are told when such a job ends, beside its title; null: they are not told. */
  readonly endNotice: { readonly completed: string; readonly failed: string } | null;
}

/** What every part of the program has to know of each type of job. */
export const jobTypeInfo: Readonly<Record<JobType, JobTypeInfo>> = {
  process: {
    pool: "transcription",
    endNotice: { completed: "Captions are there", failed: "Captions could not be made" },
  },
  render_clips: { pool: "render", endNotice: null },
  publish: { pool: "network", endNotice: { completed: "Published", failed: "Could not be published" } },
  sync: { pool: "network", endNotice: null },
  backup: { pool: "maintenance", endNotice: null },
  maintenance: { pool: "maintenance", endNotice: null },
  proxy: { pool: "render", endNotice: null },
};

/** Types of the jobs whose end people are told. */
export const announcedJobTypes: readonly JobType[] = jobTypes.filter((type) => jobTypeInfo[type].endNotice !== null);

/** The notice for a type that another process names; undefined for a type that is not known, or not announced. */
export function findEndNotice(type: string): JobTypeInfo["endNotice"] | undefined {
  const known = jobTypes.find((each) => each === type);
  return known === undefined ? undefined : jobTypeInfo[known].endNotice;
}

export const jobStates = ["queued", "running", "completed", "failed", "cancelled", "waiting"] as const;
export type JobState = (typeof jobStates)[number];

/** States of a job that is not over. */
export const openStates = ["queued", "running", "waiting"] as const satisfies readonly JobState[];

/** What a waiting job waits for. */
export const waitReasons = ["dependency", "share", "window", "disk"] as const;
export type WaitReason = (typeof waitReasons)[number];

/** How far a recording is to be taken. Each one includes those before it. */
export const targetStages = ["discovered", "transcribed", "enriched", "rendered", "published"] as const;
export type TargetStage = (typeof targetStages)[number];

/** 1 can wait, 5 is urgent. */
export const priorities = { lowest: 1, usual: 3, highest: 5 } as const;

/** What can have happened to a job. */
export const historyKinds = [
  "submitted",
  "started",
  "waiting",
  "retry",
  "recovery",
  "paused",
  "resumed",
  "moved",
  "crashed",
  "released",
  "completed",
  "failed",
  "cancelled",
] as const;
export type HistoryKind = (typeof historyKinds)[number];
