/** Closed lists of terms that the contract, the settings, the catalog and the pages share. */

/** How far a transcription is. */
export const transcriptionStates = [
  "pending",
  "processing",
  "completed",
  "needs_review",
  "failed",
  "cancelled",
] as const;
export type TranscriptionState = (typeof transcriptionStates)[number];

/** Where a version of the captions comes from. */
export const versionOrigins = ["machine", "editor", "import"] as const;
export type VersionOrigin = (typeof versionOrigins)[number];

/** Whether published captions were read back as they were made. */
export const verificationStates = ["yes", "no", "not yet"] as const;
export type VerificationState = (typeof verificationStates)[number];

/** What a schedule does. */
export const scheduleActions = ["pending", "publish", "sync", "archive", "backup", "maintenance", "scan"] as const;
export type ScheduleAction = (typeof scheduleActions)[number];

/** Marks before and after a word of a search hit; no caption has these characters. */
export const hitStart = "\u0001";
export const hitEnd = "\u0002";
