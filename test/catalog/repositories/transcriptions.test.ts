import { describe, expect, test } from "vitest";
import {
  beginTranscription,
  failTranscription,
  findWork,
  finishTranscription,
  recordingsInWork,
  releaseTranscription,
} from "../../../electron/catalog/repositories/transcriptions.ts";
import { ArchivistError } from "../../../electron/contract/errors.ts";
import { freshCatalog, someTranscription } from "../../support/station/catalog.ts";

const key = (recordingId: string) => ({ recordingId, modelFingerprint: "m1", optionsKey: "o1" });

describe("transcriptions", () => {
  test("are found by content, model and options; cancelled ones are not", () => {
    const catalog = freshCatalog();
    const work = someTranscription(catalog);
    expect(findWork(catalog, key(work.recordingId))?.id).toBe(work.id);
    expect(findWork(catalog, { ...key(work.recordingId), optionsKey: "other" })).toBeUndefined();
    catalog.database.$client.exec("UPDATE transcriptions SET status = 'cancelled'");
    expect(findWork(catalog, key(work.recordingId))).toBeUndefined();
  });

  test("go through their states", () => {
    const catalog = freshCatalog();
    const { id, recordingId } = someTranscription(catalog);
    const state = () =>
      catalog.database.$client.prepare("SELECT * FROM transcriptions").get() as Record<string, unknown>;
    expect(recordingsInWork(catalog)).toEqual(new Set([recordingId]));
    beginTranscription(catalog, id, "2026-11-20T10:00:00.000Z");
    expect(state()).toMatchObject({ status: "processing", started_date: "2026-11-20T10:00:00.000Z" });
    failTranscription(catalog, id, new ArchivistError("disk.full"));
    expect(state()).toMatchObject({
      status: "failed",
      error_code: "disk.full",
      error_message: expect.stringMatching(/disk is full[\s\S]*Free some space/),
    });
    beginTranscription(catalog, id, "2026-11-20T11:00:00.000Z");
    expect(state()).toMatchObject({ status: "processing", error_code: null });
    releaseTranscription(catalog, id);
    expect(state()).toMatchObject({ status: "pending" });
    finishTranscription(catalog, id, {
      status: "completed",
      completedDate: "2026-11-20T12:00:00.000Z",
      durationMs: 60_400,
      elapsedMs: 12_300,
    });
    expect(state()).toMatchObject({ status: "completed", progress: 100, duration: 60, processing_time: 12 });
    expect(recordingsInWork(catalog).size).toBe(0);
  });
});
