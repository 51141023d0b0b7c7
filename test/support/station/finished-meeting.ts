/** A meeting that was transcribed, as rows; nothing was recognized. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Catalog } from "../../../electron/catalog/open.ts";
import { storeSummary } from "../../../electron/catalog/repositories/insights.ts";
import { upsertRecording } from "../../../electron/catalog/repositories/recordings.ts";
import {
  addTranscription,
  finishTranscription,
  type WorkKey,
} from "../../../electron/catalog/repositories/transcriptions.ts";
import { storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";

const cue = (second: number, text: string) => ({ startMs: second * 1000, endMs: second * 1000 + 900, lines: [text] });

/** Writes the recording's file, and the rows of the meeting of 2 March 2026 in Oakdale. */
export function addFinishedMeeting(
  catalog: Catalog,
  path: string,
  outputFolder: string,
): { readonly id: string; readonly key: WorkKey } {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `the recording at ${path}`);
  const facts = { filename: basename(path), filePath: path, fileSize: 10 };
  const recording = upsertRecording(catalog, {
    ...facts,
    fingerprint: path,
    modifiedMs: Date.UTC(2026, 2, 3),
    container: "mp4",
    durationMs: 60_000,
    media: {},
  });
  const key = { recordingId: recording.id, modelFingerprint: "m", optionsKey: "o" };
  const { id } = addTranscription(catalog, {
    ...key,
    ...facts,
    language: "en",
    model: "archivist-demo-en",
    options: {},
    outputFolder,
    createdDate: "2026-03-03T00:00:00.000Z",
    city: "Oakdale",
    meetingDate: "2026-03-02",
    meetingType: "City Council",
    meetingTitle: "City Council",
  });
  storeMachineVersion(catalog, id, [cue(1, "The meeting is called to order."), cue(5, "We adjourn.")]);
  storeSummary(catalog, id, {
    markdown: "",
    sentences: [{ text: "The fence ordinance passed.", startMs: 1_000 }],
    phrases: [{ phrase: "fence ordinance", occurrences: 3 }],
    options: "{}",
    version: 0,
  });
  const completedDate = "2026-03-03T01:00:00.000Z";
  finishTranscription(catalog, id, { status: "completed", completedDate, durationMs: 60_000, elapsedMs: 1 });
  return { id, key };
}
