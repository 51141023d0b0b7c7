/** Notifications that a station sends by itself: when there is one, and how severe it is. */
import { expect, test } from "vitest";
import type { JobRow } from "../../electron/catalog/repositories/jobs.ts";
import { ArchivistError } from "../../electron/contract/errors.ts";
import {
  createJobWarnings,
  formatShareHealth,
  sendFailureNotifications,
} from "../../electron/monitoring/notifications.ts";
import { TypedEvents } from "../../electron/platform/typed-events.ts";
import type { QueueEvents } from "../../electron/queue/job-queue.ts";
import type { ShareHealth } from "../../electron/shares/health/judge.ts";

const health = (status: ShareHealth["status"], message: string): ShareHealth => ({
  label: "Oakdale",
  path: "/mnt/oakdale",
  condition: "ok",
  status,
  isReadable: true,
  isWritable: true,
  hasRoom: true,
  usedPercent: undefined,
  totalBytes: undefined,
  freeBytes: undefined,
  latencyMs: undefined,
  message,
  checkedDate: "2026-03-02T10:00:00.000Z",
});

test("a share is reported when it gets worse, and once it is healthy again", () => {
  const good = health("healthy", "all is well");
  const full = health("degraded", "it is nearly full");
  const gone = health("unhealthy", "it is not mounted");
  expect(formatShareHealth({ now: good, before: undefined })).toBeUndefined();
  expect(formatShareHealth({ now: good, before: good })).toBeUndefined();
  expect(formatShareHealth({ now: full, before: good })).toMatchObject({
    severity: "warning",
    subject: "The share Oakdale: it is nearly full",
    body: "/mnt/oakdale\n\nit is nearly full",
  });
  expect(formatShareHealth({ now: gone, before: undefined })).toMatchObject({ severity: "error", forOperators: true });
  expect(formatShareHealth({ now: good, before: gone })).toMatchObject({
    severity: "info",
    subject: "The share Oakdale is well again",
  });
});

test("a warning about a job is sent once for each message", () => {
  const sent: string[] = [];
  const notifier = { notify: ({ subject }: { readonly subject: string }) => void sent.push(subject) };
  const warn = createJobWarnings(notifier);
  const job = { id: "1", title: "Council", city: "Oakdale" } as JobRow;
  warn(job, "it waits for memory");
  warn(job, "it waits for memory");
  warn(job, "it waits for the disk");
  warn({ ...job, id: "2" }, "it waits for memory");
  expect(sent).toEqual([
    "Council: it waits for memory",
    "Council: it waits for the disk",
    "Council: it waits for memory",
  ]);
});

test("what failed is reported, unless nobody waits for it", () => {
  const sent: string[] = [];
  const events = new TypedEvents<QueueEvents>();
  sendFailureNotifications(events, { notify: ({ subject }) => void sent.push(subject) });
  const error = new ArchivistError("file.missing");
  const job = { id: "1", title: "Council", city: "Oakdale" } as JobRow;
  for (const type of ["pictures", "proxy", "process"] as const)
    events.emit("jobFailed", { job: { ...job, title: type, type }, error });
  expect(sent).toEqual([expect.stringContaining("proxy"), expect.stringContaining("process")]);
});
