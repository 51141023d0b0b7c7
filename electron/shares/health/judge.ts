/** Converts the result of a share check to a health status for people and for jobs. Pure. */
import type { ShareSettings } from "../../contract/settings/shares.ts";
import type { FolderReport } from "../share-probe.ts";

export type ShareCondition =
  | "ok"
  /** Usage is above `warnPercent`. */
  | "filling"
  /** Usage is above `fullPercent`. */
  | "full"
  | "read-only"
  | "unreadable"
  | "not-mounted"
  | "hung";

export interface ShareHealth {
  readonly label: string;
  readonly path: string;
  readonly condition: ShareCondition;
  /** The legacy product's word for the condition. */
  readonly status: "healthy" | "degraded" | "unhealthy";
  /** True when recordings on it can be read. */
  readonly isReadable: boolean;
  readonly isWritable: boolean;
  /** True when there is room for the files of a meeting. */
  readonly hasRoom: boolean;
  readonly usedPercent: number | undefined;
  readonly totalBytes: number | undefined;
  readonly freeBytes: number | undefined;
  readonly latencyMs: number | undefined;
  /** The condition as a sentence, with the remedy. */
  readonly message: string;
  readonly checkedDate: string;
}

/** Caption files, summary and report of a long meeting take a few megabytes. */
const minFreeBytes = 64 * 1024 ** 2;

const isFullFor = (writing: string | null): boolean => writing === "ENOSPC" || writing === "EDQUOT";

export interface Marks {
  readonly warnPercent: number;
  readonly fullPercent: number;
}

const conditionStatuses: Readonly<Record<ShareCondition, ShareHealth["status"]>> = {
  ok: "healthy",
  filling: "degraded",
  full: "unhealthy",
  "read-only": "degraded",
  unreadable: "unhealthy",
  "not-mounted": "unhealthy",
  hung: "unhealthy",
};

/** Judges the result of a share check. The legacy product's marks are: degraded above 80 %, unhealthy above 90 %. */
export function judgeShare(share: ShareSettings, report: FolderReport, marks: Marks, checkedDate: string): ShareHealth {
  const base = { label: share.label, path: share.path, checkedDate };
  const away = (condition: ShareCondition, message: string): ShareHealth => ({
    ...base,
    condition,
    status: conditionStatuses[condition],
    isReadable: false,
    isWritable: false,
    hasRoom: false,
    usedPercent: undefined,
    totalBytes: undefined,
    freeBytes: undefined,
    latencyMs: undefined,
    message,
  });
  if (report === "hung") {
    return away("hung", "It does not answer. Check the file server and the network.");
  }
  const mounting = share.mountCommand === null ? "Mount it." : `Mount it: ${share.mountCommand}`;
  if (!report.ok) {
    if (report.error === "EACCES" || report.error === "EPERM") return away("unreadable", denied(share.path));
    if (report.error === "ENOENT" || report.error === "ENOTDIR") {
      return away("not-mounted", `There is no such folder. ${mounting}`);
    }
    // ESTALE, ENOTCONN, EIO, EHOSTDOWN: errors of a server that is gone, when it responds at all.
    return away("hung", `It does not answer properly (${report.error}). Check the file server and the network.`);
  }
  if (share.mustBeMounted && !report.mountPoint) return away("not-mounted", `It is not mounted. ${mounting}`);
  if (report.readError !== null) return away("unreadable", denied(share.path));

  const { totalBytes, freeBytes, latencyMs, writing } = report;
  const isSized = totalBytes !== null && freeBytes !== null && totalBytes > 0;
  const usedPercent = isSized ? Math.round((1 - freeBytes / totalBytes) * 1000) / 10 : undefined;
  const isWritable = writing === null || writing === "ok";
  const condition = findCondition(usedPercent, isWritable, writing, marks);
  return {
    ...base,
    condition,
    status: conditionStatuses[condition],
    isReadable: true,
    isWritable,
    hasRoom: (freeBytes ?? minFreeBytes) >= minFreeBytes && !isFullFor(writing),
    usedPercent,
    totalBytes: totalBytes ?? undefined,
    freeBytes: freeBytes ?? undefined,
    latencyMs,
    message: formatCondition(condition, usedPercent, share.path),
  };
}

function findCondition(
  usedPercent: number | undefined,
  isWritable: boolean,
  writing: string | null,
  marks: Marks,
): ShareCondition {
  if (isFullFor(writing)) return "full";
  if (!isWritable) return "read-only";
  if (usedPercent !== undefined && usedPercent > marks.fullPercent) return "full";
  return usedPercent !== undefined && usedPercent > marks.warnPercent ? "filling" : "ok";
}

function formatCondition(condition: ShareCondition, usedPercent: number | undefined, path: string): string {
  const used = usedPercent === undefined ? "Its space is used up" : `${usedPercent} % of it is used`;
  if (condition === "full") return `${used}. Free some space, or move old recordings away.`;
  if (condition === "filling") return `${used}. Plan for more space.`;
  if (condition === "read-only") return `It cannot be written to. Give your user write permission for ${path}.`;
  return "It answers.";
}

const denied = (path: string): string => `It cannot be read. Give your user read permission for ${path}.`;
