/** What a job is to whoever asks for it, on every transport. */

export const jobTypes = ["process", "render_clips", "publish", "sync", "backup", "maintenance", "proxy"] as const;
export type JobType = (typeof jobTypes)[number];

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
