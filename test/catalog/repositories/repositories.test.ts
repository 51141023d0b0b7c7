import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import {
  beginChunk,
  finishChunk,
  listChunks,
  listWords,
  storePlan,
} from "../../../electron/catalog/repositories/chunks.ts";
import { findSummary, storeSummary } from "../../../electron/catalog/repositories/insights.ts";
import {
  findLastWriter,
  findScore,
  listIssues,
  recordWrittenFile,
  storeIssues,
} from "../../../electron/catalog/repositories/outputs.ts";
import {
  decodedLength,
  listSilences,
  saveDecodedLength,
  upsertRecording,
} from "../../../electron/catalog/repositories/recordings.ts";
import { beginStage, endStage, listStages } from "../../../electron/catalog/repositories/transcription-stages.ts";
import {
  beginTranscription,
  failTranscription,
  findWork,
  finishTranscription,
  recordingsInWork,
  releaseTranscription,
} from "../../../electron/catalog/repositories/transcriptions.ts";
import { findCues, findVersion, storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { ArchivistError } from "../../../electron/contract/errors.ts";
import { spokenWords, styledCueList } from "../../captions/arbitraries.ts";
import { freshCatalog, someRecording, someTranscription } from "../../support/station/catalog.ts";

const key = (recordingId: string) => ({ recordingId, modelFingerprint: "m1", optionsKey: "o1" });

describe("recordings", () => {
  test("of the same content are one row, which follows the file", () => {
    const catalog = freshCatalog();
    const first = someRecording(catalog);
    const moved = upsertRecording(catalog, {
      fingerprint: first.fingerprint,
      filename: "renamed.mp4",
      filePath: "/archive/renamed.mp4",
      fileSize: 1_000,
      modifiedMs: 2,
      container: "mov",
      durationMs: undefined,
      media: {},
    });
    expect(moved).toMatchObject({ id: first.id, filePath: "/archive/renamed.mp4" });
    expect(someRecording(catalog, "another").id).not.toBe(first.id);
  });

  test("keep their length and silences, and replace them when decoded again", () => {
    const catalog = freshCatalog();
    const { id } = someRecording(catalog);
    expect(decodedLength(catalog, id)).toBeUndefined();
    const silences = Array.from({ length: 1_200 }, (_, index) => ({ startMs: index * 100, endMs: index * 100 + 50 }));
    saveDecodedLength(catalog, id, { sampleCount: 16_000, durationMs: 1_000, silences });
    saveDecodedLength(catalog, id, { sampleCount: 32_000, durationMs: 2_000, silences: silences.slice(0, 700) });
    expect(decodedLength(catalog, id)).toEqual({ sampleCount: 32_000, durationMs: 2_000 });
    expect(listSilences(catalog, id)).toEqual(silences.slice(0, 700));
  });
});

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
      error_message: expect.stringMatching(/disk is full.*Free some space/),
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

  test("steps add up their time over attempts", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    beginStage(catalog, id, "transcribe");
    endStage(catalog, id, "transcribe", { status: "failed", elapsedMs: 1_000, date: "x" });
    beginStage(catalog, id, "transcribe");
    endStage(catalog, id, "transcribe", { status: "completed", elapsedMs: 500, date: "x" });
    expect(listStages(catalog, id)).toEqual([{ name: "transcribe", status: "completed", elapsedMs: 1_500 }]);
  });
});

describe("chunks and words", () => {
  const finished = (words: Parameters<typeof finishChunk>[2]["words"]) => ({
    words,
    repairedWords: 0,
    language: "en",
    elapsedMs: 10,
    completedDate: "2026-11-20T10:00:00.000Z",
  });

  test("any words come back as they were stored, in order", () => {
    fc.assert(
      fc.property(spokenWords(60), (words) => {
        const catalog = freshCatalog();
        const { id } = someTranscription(catalog);
        storePlan(catalog, id, [
          {
            stretches: [
              { startMs: 0, endMs: 200_000 },
              { startMs: 250_000, endMs: 500_000 },
            ],
          },
          { stretches: [{ startMs: 500_000, endMs: 1_000_000 }] },
        ]);
        const [first, second] = listChunks(catalog, id);
        expect(first).toMatchObject({
          startMs: 0,
          endMs: 500_000,
          stretches: [{ endMs: 200_000 }, { startMs: 250_000 }],
        });
        const shifted = words.map((word) => ({
          ...word,
          startMs: word.startMs + 500_000,
          endMs: word.endMs + 500_000,
        }));
        finishChunk(catalog, second?.id ?? 0, finished(shifted));
        finishChunk(catalog, first?.id ?? 0, finished(words));
        expect(listWords(catalog, id)).toEqual([...words, ...shifted]);
      }),
      { numRuns: 20 },
    );
  });

  test("a chunk is finished once: what comes later does not double its words", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storePlan(catalog, id, [{ stretches: [{ startMs: 0, endMs: 10_000 }] }]);
    const chunkId = listChunks(catalog, id)[0]?.id ?? 0;
    beginChunk(catalog, chunkId);
    const word = { text: "Aye.", startMs: 100, endMs: 300, probability: 0.9 };
    finishChunk(catalog, chunkId, finished([word]));
    finishChunk(catalog, chunkId, finished([word, { ...word, startMs: 400, endMs: 500 }]));
    expect(listWords(catalog, id)).toEqual([word]);
    expect(listChunks(catalog, id)).toMatchObject([{ status: "completed", attempts: 1, language: "en" }]);
  });

  test("a checkpoint is all or nothing", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storePlan(catalog, id, [{ stretches: [{ startMs: 0, endMs: 10_000 }] }]);
    const chunkId = listChunks(catalog, id)[0]?.id ?? 0;
    const impossible = { text: "Backwards", startMs: 300, endMs: 100, probability: 0.9 };
    expect(() =>
      finishChunk(catalog, chunkId, finished([{ text: "Fine", startMs: 0, endMs: 50, probability: 1 }, impossible])),
    ).toThrow();
    expect(listChunks(catalog, id)).toMatchObject([{ status: "pending" }]);
    expect(listWords(catalog, id)).toEqual([]);
  });

  test("what the engine heard can never be changed", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storePlan(catalog, id, [{ stretches: [{ startMs: 0, endMs: 10_000 }] }]);
    finishChunk(
      catalog,
      listChunks(catalog, id)[0]?.id ?? 0,
      finished([{ text: "Aye.", startMs: 1, endMs: 2, probability: 1 }]),
    );
    expect(() => catalog.database.$client.exec("UPDATE words SET text = 'Nay.'")).toThrow(/never change/);
  });
});

describe("version 0", () => {
  test("any cues come back as they were stored", () => {
    fc.assert(
      fc.property(styledCueList(40), (cues) => {
        const catalog = freshCatalog();
        const { id } = someTranscription(catalog);
        storeMachineVersion(catalog, id, cues);
        storeMachineVersion(catalog, id, []);
        expect(findCues(catalog, id, 0)).toEqual(cues);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    "UPDATE cues SET lines = '[]'",
    "DELETE FROM cues",
    "INSERT INTO cues (version_id, position, start_ms, end_ms, lines) SELECT version_id, 99, 1, 2, '[]' FROM cues LIMIT 1",
    "UPDATE versions SET sealed = 0",
    "UPDATE versions SET number = 5",
  ])("is immutable: %s", (statement) => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    const cues = [{ startMs: 0, endMs: 1_000, lines: ["Aye."] }];
    storeMachineVersion(catalog, id, cues);
    expect(() => catalog.database.$client.exec(statement)).toThrow(/sealed version never changes/);
    expect(findCues(catalog, id, 0)).toEqual(cues);
  });

  test("goes with its transcription", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storeMachineVersion(catalog, id, [{ startMs: 0, endMs: 1_000, lines: ["Aye."] }]);
    catalog.database.$client.exec("DELETE FROM transcriptions");
    expect(findVersion(catalog, id, 0)).toBeUndefined();
    expect(catalog.database.$client.prepare("SELECT count(*) AS n FROM cues").get()).toEqual({ n: 0 });
  });
});

describe("what else is kept", () => {
  test("a summary with its phrases, replaced as a whole", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    expect(findSummary(catalog, id)).toBeUndefined();
    storeSummary(catalog, id, {
      markdown: "old",
      sentences: [],
      phrases: [{ phrase: "a", occurrences: 1 }],
      options: "{}",
    });
    const summary = {
      markdown: "# new",
      sentences: [{ text: "The motion carries.", startMs: 5 }],
      phrases: [{ phrase: "street project", occurrences: 6 }],
      options: '{"sentences":10}',
    };
    storeSummary(catalog, id, summary);
    expect(findSummary(catalog, id)).toEqual(summary);
  });

  test("written files, with the transcription's own paths", () => {
    const catalog = freshCatalog();
    const { id, recordingId } = someTranscription(catalog);
    recordWrittenFile(catalog, id, { kind: "scc", path: "/out/a.scc", sha256: "1" });
    recordWrittenFile(catalog, id, { kind: "scc", path: "/out/a.scc", sha256: "2" });
    recordWrittenFile(catalog, id, { kind: "vtt", path: "/out/a.vtt", sha256: "3" });
    expect(findLastWriter(catalog, "/out/a.scc")).toEqual({ sha256: "2", recordingId });
    expect(findLastWriter(catalog, "/out/b.scc")).toBeUndefined();
    expect(catalog.database.$client.prepare("SELECT scc_file_path FROM transcriptions").get()).toEqual({
      scc_file_path: "/out/a.scc",
    });
  });

  test("issues, replaced as a whole", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storeIssues(catalog, id, [{ severity: "warning", rule: "late", message: "late", atMs: 5 }], 0.5);
    const issues: readonly Issue[] = [{ severity: "error", rule: "columns", message: "too long", remedy: "Break it." }];
    storeIssues(catalog, id, issues, 0.9);
    expect(listIssues(catalog, id)).toEqual(issues);
    expect(findScore(catalog, id)).toBe(0.9);
  });
});
