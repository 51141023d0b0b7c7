import { describe, expect, test } from "vitest";
import type { ShareSettings } from "../../../electron/contract/settings/shares.ts";
import { judgeShare } from "../../../electron/shares/health/judge.ts";
import type { FolderReport } from "../../../electron/shares/share-probe.ts";
import { folderShare } from "../../support/station/shares.ts";

const gigabyte = 1024 ** 3;

const marks = { warnPercent: 80, fullPercent: 90 };

const answers = (more: object = {}): FolderReport => ({
  ok: true,
  mountPoint: true,
  realPath: "/mnt/flex-1",
  readError: null,
  writing: "ok",
  totalBytes: 100 * gigabyte,
  freeBytes: 50 * gigabyte,
  latencyMs: 1.5,
  ...more,
});

const share: ShareSettings = {
  ...folderShare("/mnt/flex-1", "Birchwood"),
  mustBeMounted: true,
  mountCommand: "sudo mount /mnt/flex-1",
};

describe("the health of a share", () => {
  test.each<[string, FolderReport, string, string, RegExp]>([
    ["that answers", answers(), "ok", "healthy", /^It answers/],
    ["at exactly 80 %", answers({ freeBytes: 20 * gigabyte }), "ok", "healthy", /answers/],
    ["above 80 %", answers({ freeBytes: 19.9 * gigabyte }), "filling", "degraded", /80\.1 %/],
    ["at exactly 90 %", answers({ freeBytes: 10 * gigabyte }), "filling", "degraded", /90 %/],
    ["above 90 %", answers({ freeBytes: 9 * gigabyte }), "full", "unhealthy", /91 %.*Free some space/],
    ["that takes nothing more", answers({ writing: "ENOSPC" }), "full", "unhealthy", /Free/],
    ["whose quota is used up", answers({ writing: "EDQUOT" }), "full", "unhealthy", /Free/],
    ["that is read-only", answers({ writing: "EROFS" }), "read-only", "degraded", /write permission for \/mnt\/flex-1/],
    ["that may not be listed", answers({ readError: "EACCES" }), "unreadable", "unhealthy", /read permission/],
    ["that may not be entered", { ok: false, error: "EACCES" }, "unreadable", "unhealthy", /read permission/],
    [
      "that is not mounted",
      answers({ mountPoint: false }),
      "not-mounted",
      "unhealthy",
      /Mount it: sudo mount \/mnt\/flex-1/,
    ],
    ["whose folder is gone", { ok: false, error: "ENOENT" }, "not-mounted", "unhealthy", /no such folder.*sudo mount/],
    ["whose server forgot it", { ok: false, error: "ESTALE" }, "hung", "unhealthy", /ESTALE.*file server/],
    ["that hangs", "hung", "hung", "unhealthy", /does not answer/],
    ["that does not tell its size", answers({ totalBytes: null, freeBytes: null }), "ok", "healthy", /answers/],
    ["of no size", answers({ totalBytes: 0, freeBytes: 0 }), "ok", "healthy", /answers/],
  ])("%s", (_, report, condition, status, message) => {
    const health = judgeShare(share, report, marks, "2026-03-02T12:00:00.000Z");
    expect(health).toMatchObject({ condition, status });
    expect(health.message).toMatch(message);
    expect(health.isReadable).toBe(!["not-mounted", "hung", "unreadable"].includes(condition));
  });

  test("a share with no room for the files of a meeting", () => {
    const at = "2026-03-02T12:00:00.000Z";
    expect(judgeShare(share, answers({ freeBytes: 10 * 1024 ** 2 }), marks, at).hasRoom).toBe(false);
    expect(judgeShare(share, answers({ freeBytes: 9 * gigabyte }), marks, at).hasRoom).toBe(true);
    expect(judgeShare(share, answers({ writing: "EDQUOT" }), marks, at).hasRoom).toBe(false);
  });
});
