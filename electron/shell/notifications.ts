/** Tells a person who does something else that a job has ended. */
import { type BrowserWindow, Notification } from "electron";
import { findEndNotice } from "../contract/jobs.ts";
import type { FromStation } from "./station-messages.ts";

type EndedJob = Extract<FromStation, { kind: "ended" }>;

const defaultNotice = { completed: "Done", failed: "Failed" };

export const formatEndedJob = ({
  type,
  title,
  state,
  reason,
}: EndedJob): { readonly title: string; readonly body: string } => {
  const { completed, failed } = findEndNotice(type) ?? defaultNotice;
  return state === "failed"
    ? { title: failed, body: reason === undefined ? title : `${title}: ${reason}` }
    : { title: completed, body: title };
};

interface NoticeOptions {
  readonly window: () => BrowserWindow | undefined;
  /** Shows where it belongs. */
  readonly onOpen: (place: string) => void;
}

export function notifyEnded(job: EndedJob, { window, onOpen }: NoticeOptions): void {
  // Whoever looks at the window sees it there.
  if (window()?.isFocused() === true || !Notification.isSupported()) return;
  const notice = new Notification(formatEndedJob(job));
  const place = job.transcriptionId === null ? `/queue/${job.jobId}` : `/meeting/${job.transcriptionId}`;
  notice.on("click", () => onOpen(place));
  notice.show();
}

let hasNotifiedStillRunning = false;

/** Once: whoever closes the window does not think that captions go on being made, and some desktops show no tray. */
export function notifyStillRunning(onOpen: () => void): void {
  if (hasNotifiedStillRunning || !Notification.isSupported()) return;
  hasNotifiedStillRunning = true;
  const notice = new Notification({
    title: "Archivist works on",
    body: "It stays in the tray. Start it again to see its window; File → Quit ends it.",
  });
  notice.on("click", onOpen);
  notice.show();
}
