/** Notifies a user who is not looking at the window that a job has ended. */
import { Notification } from "electron";
import { findEndNotice } from "../contract/jobs.ts";
import type { DesktopContext } from "./context.ts";
import type { Quit } from "./quitting.ts";
import type { EndedJob } from "./station-messages.ts";

const defaultNotice = { completed: "Done", failed: "Failed" };

export const formatEndedJob = ({ type, title, state, reason }: EndedJob): NotificationText => {
  const { completed, failed } = findEndNotice(type) ?? defaultNotice;
  return state === "failed"
    ? { title: failed, body: reason === undefined ? title : `${title}: ${reason}` }
    : { title: completed, body: title };
};

export function setupNotifications({ window, supervisor }: DesktopContext, quit: Quit): void {
  supervisor.events.on("jobEnded", (job) => {
    // A user of the focused window sees it there.
    if (window.current?.isFocused() === true) return;
    const place = job.transcriptionId === null ? `/queue/${job.jobId}` : `/meeting/${job.transcriptionId}`;
    show(formatEndedJob(job), () => window.goTo(place));
  });

  // Shown once: closing the window does not end the work, and some desktops show no tray that would indicate it.
  let hasShownStillRunning = false;
  window.events.on("closed", () => {
    if (quit.isEnding || hasShownStillRunning) return;
    hasShownStillRunning = show(stillRunning, () => window.show());
  });
}

interface NotificationText {
  readonly title: string;
  readonly body: string;
}

const stillRunning: NotificationText = {
  title: "Archivist works on",
  body: "It stays in the tray. Start it again to see its window; File → Quit ends it.",
};

/** @returns false on a desktop that shows no notifications */
function show(text: NotificationText, onClick: () => void): boolean {
  if (!Notification.isSupported()) return false;
  const notification = new Notification(text);
  notification.on("click", onClick);
  notification.show();
  return true;
}
