/** Closed lists of terms shared by the contract, the settings, the catalog and the pages. */

/** States of a transcription. */
export const transcriptionStates = [
  "pending",
  "processing",
  "completed",
  "needs_review",
  "failed",
  "cancelled",
] as const;
export type TranscriptionState = (typeof transcriptionStates)[number];

/** Origins of a version of the captions. */
export const versionOrigins = ["machine", "editor", "import"] as const;
export type VersionOrigin = (typeof versionOrigins)[number];

/** Whether published captions were read back and are identical to those that were made. */
export const verificationStates = ["yes", "no", "not yet"] as const;
export type VerificationState = (typeof verificationStates)[number];

/** What the history of approvals holds. */
export const approvalActions = ["approved", "taken back"] as const;
export type ApprovalAction = (typeof approvalActions)[number];

/** Actions of a schedule. */
export const scheduleActions = ["pending", "publish", "sync", "archive", "backup", "maintenance", "scan"] as const;
export type ScheduleAction = (typeof scheduleActions)[number];

/** Markers before and after a word of a search hit; captions never contain these characters. */
export const hitStart = "\u0001";
export const hitEnd = "\u0002";
