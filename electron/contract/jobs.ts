/** Terms of jobs that all transports share: types, pools, states and reasons for waiting. */

/** Kinds of slots: each job takes one slot of its pool while it runs, and the screens show jobs by pool. */
export const jobPools = ["transcription", "export", "render", "network", "maintenance", "background"] as const;
export type JobPool = (typeof jobPools)[number];

/**
 * Types of jobs; rows and programs name them. `process` is a transcription, `hear_again` recognizes a part of one again,
 * `export` writes the files of one from its newest captions, `proxy` makes a preview copy, `pictures` small pictures and shot changes for the timeline,
 * `deliver` brings files to a share that was away, `join` makes one recording of the parts of a meeting; no kind runs `render_clips` yet.
 */
export const jobTypes = [
  "process",
  "hear_again",
  "export",
  "render_clips",
  "publish",
  "sync",
  "backup",
  "maintenance",
  "proxy",
  "pictures",
  "deliver",
  "join",
] as const;
export type JobType = (typeof jobTypes)[number];

export interface JobTypeInfo {
  readonly pool: JobPool;
  /** The notice when such a job ends, shown beside its title; null: no notice. */
  readonly endNotice: { readonly completed: string; readonly failed: string } | null;
  /** Nobody misses what it makes: operators are not told when it fails. */
  readonly isOptional?: true;
}

/** Metadata of each job type that all parts of the program share. */
export const jobTypeInfo: Readonly<Record<JobType, JobTypeInfo>> = {
  process: {
    pool: "transcription",
    endNotice: { completed: "Captions are there", failed: "Captions could not be made" },
  },
  hear_again: {
    pool: "transcription",
    endNotice: { completed: "Heard again", failed: "Could not be heard again" },
  },
  export: {
    pool: "export",
    endNotice: { completed: "Files are written", failed: "Files could not be written" },
  },
  render_clips: { pool: "render", endNotice: null },
  publish: { pool: "network", endNotice: { completed: "Published", failed: "Could not be published" } },
  sync: { pool: "network", endNotice: null },
  backup: { pool: "maintenance", endNotice: null },
  maintenance: { pool: "maintenance", endNotice: null },
  proxy: { pool: "render", endNotice: null },
  pictures: { pool: "background", endNotice: null, isOptional: true },
  deliver: {
    pool: "network",
    endNotice: { completed: "The files are on their share", failed: "Files could not be brought to their share" },
  },
  join: {
    pool: "render",
    endNotice: { completed: "The parts are one recording", failed: "The parts could not be joined" },
  },
};

/** Types of jobs whose end is announced. */
export const announcedJobTypes: readonly JobType[] = jobTypes.filter((type) => jobTypeInfo[type].endNotice !== null);

/** Finds the notice for a type named by another process; undefined for a type that is unknown or not announced. */
export function findEndNotice(type: string): JobTypeInfo["endNotice"] | undefined {
  const known = jobTypes.find((each) => each === type);
  return known === undefined ? undefined : jobTypeInfo[known].endNotice;
}

export const jobStates = ["queued", "running", "completed", "failed", "cancelled", "waiting"] as const;
export type JobState = (typeof jobStates)[number];

/** States of a job that has not ended. */
export const openStates = ["queued", "running", "waiting"] as const satisfies readonly JobState[];

/** Reasons for which a job waits. */
export const waitReasons = ["dependency", "share", "window", "disk"] as const;
export type WaitReason = (typeof waitReasons)[number];

/** Stages up to which a recording is processed. Each includes those before it. */
export const targetStages = ["discovered", "transcribed", "enriched", "rendered", "published"] as const;
export type TargetStage = (typeof targetStages)[number];

/** 1 is the least urgent, 5 the most urgent. */
export const priorities = { lowest: 1, default: 3, highest: 5 } as const;

/** Kinds of events in a job's history. */
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
