import { describe, expect, test } from "vitest";
import { withElectron } from "../support/electron/program.ts";

describe("a job that has ended", () => {
  const job = { kind: "ended", jobId: "1", title: "Council.mp4", date: "", transcriptionId: null } as const;
  test.each([
    [{ ...job, type: "process", state: "completed" }, "Captions are there", "Council.mp4"],
    [{ ...job, type: "publish", state: "completed" }, "Published", "Council.mp4"],
    [
      { ...job, type: "process", state: "failed", reason: "the share is away" },
      "Captions could not be made",
      "Council.mp4: the share is away",
    ],
    [{ ...job, type: "other", state: "failed" }, "Failed", "Council.mp4"],
  ] as const)("%j", async (ended, title, body) => {
    const { formatEndedJob } = await withElectron(() => import("../../electron/shell/notifications.ts"));
    expect(formatEndedJob(ended)).toEqual({ title, body });
  });
});
