/** A part of a meeting is heard again, by the real engine, while people work on its captions. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { listUntouched } from "../../electron/captions/editing/hear-again.ts";
import { listWords } from "../../electron/catalog/repositories/chunks.ts";
import { findHearing, listHearingChunks, listHearingsInEffect } from "../../electron/catalog/repositories/hearings.ts";
import { listPublishableByPrefix, requirePublishable } from "../../electron/catalog/repositories/publishing.ts";
import { findCues, findNewestVersionNumber } from "../../electron/catalog/repositories/versions.ts";
import { submitHearing } from "../../electron/editing/hear-again/submit-hearing.ts";
import { loadTranscript } from "../../electron/editing/meeting-facts.ts";
import type { EditRequest, OpenMeeting } from "../../electron/editing/open-meeting.ts";
import { decodedFiles } from "../../electron/media/decoding/files.ts";
import { findModel } from "../../electron/speech/models/found-models.ts";
import { openStation } from "../../electron/station.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const anna = { key: "window-of-anna", name: "Anna", userId: 1 };
const ben = { key: "window-of-ben", name: "Ben", userId: 2 };

/** A data folder with a meeting that has been transcribed: once for all tests, which work in copies of it. */
const made = mkdtempSync(join(tmpdir(), "archivist-hear-again-"));
const recording = join(made, "council.mp4");

beforeAll(async () => {
  const dataFolder = join(made, "data");
  mkdirSync(dataFolder);
  writeFileSync(
    join(dataFolder, "settings.json"),
    JSON.stringify({ speech: { beamSize: 1, threads: 1, windowSeconds: 5 } }),
  );
  const station = openStation({ dataFolder, environment: {}, purpose: "a test" });
  await station.transcribe({
    path: meetingAt(recording, 14),
    model: findModel("archivist-demo-en", station.modelsFolder),
    language: "en",
    translate: false,
    city: undefined,
    glossaryName: undefined,
    formats: ["scc"],
    out: join(made, "out"),
    force: false,
  });
  await station.close();
});

afterAll(() => rmSync(made, { recursive: true, force: true }));

async function transcribed() {
  const dataFolder = join(temporaryFolder(), "data");
  cpSync(join(made, "data"), dataFolder, { recursive: true });
  const station = testStation({ dataFolder });
  const { runtime, catalog, services } = station;
  await runtime.start();
  const [meeting] = listPublishableByPrefix(catalog, "");
  const row = requirePublishable(catalog, meeting?.id ?? "");
  const pcm = decodedFiles(join(services.folder.recordings, row.recordingId)).pcm;
  const submit = (request: Partial<Parameters<typeof submitHearing>[2]> = {}) =>
    submitHearing({ station: services, jobService: runtime.jobService }, row, {
      startMs: 0,
      endMs: row.durationMs ?? 0,
      by: "Ben",
      ...request,
    }).job.id;
  const ended = async (id: string): Promise<Record<string, unknown>> => {
    await vi.waitFor(() => expect(station.job(id)?.completedDate).not.toBeNull(), { timeout: 240_000 });
    return JSON.parse(station.job(id)?.result ?? "{}") as Record<string, unknown>;
  };
  return { ...station, row, pcm, submit, ended };
}

/** Edits by a person at a window. */
function editor(meeting: OpenMeeting, visitor = anna) {
  let number = 0;
  return (deed: EditRequest["deed"]) =>
    meeting.edit({
      visitor,
      number: ++number,
      base: meeting.seq,
      deed,
      before: { cue: 1, row: 0 },
      after: { cue: 1, row: 0 },
      activeMs: 0,
    });
}

test("what a person has done stays, before and during the hearing; the rest is one edit that can be taken back", async () => {
  const { runtime, catalog, services, row, pcm, submit, ended } = await transcribed();
  // The sound went with the first transcription.
  expect(existsSync(pcm)).toBe(false);
  const { meeting } = await runtime.editing.open(row.id);
  const leave = runtime.editing.enter(row.id, anna, true);
  const edit = editor(meeting);
  const [first, second, third, ...rest] = meeting.document.cues;
  if (first === undefined || second === undefined || third === undefined) throw new Error("too few captions");
  edit({ type: "accept", cues: [first.id] });
  edit({ type: "delete", cues: [second.id] });
  const firstWords = listWords(catalog, row.id);
  const job = submit({ careful: true });
  // While it is heard, Anna goes on: each edit that is acknowledged has to be there in the end.
  const acknowledged = new Map<number, string>();
  for (let count = 0; runtime.jobService.find(job).completedDate === null; count++) {
    const cue = meeting.document.cues.find(({ id }) => id === rest[0]?.id);
    if (cue !== undefined && edit({ type: "text", cue: cue.id, lines: [`Anna heard this, ${count}`] }) !== undefined) {
      acknowledged.set(cue.id, `Anna heard this, ${count}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const result = await ended(job);
  expect(runtime.jobService.find(job)).toMatchObject({ state: "completed" });
  expect(result).toMatchObject({ kept: 2, unrecognized: 0, version: null });
  expect(result.message).toMatch(/2 captions that a person has accepted or edited stay as they are/);
  const { cues } = meeting.document;
  expect(cues.find(({ id }) => id === first.id)).toEqual({ ...first, reviewed: true });
  expect(acknowledged.size).toBeGreaterThan(0);
  for (const [id, text] of acknowledged) expect(cues.find((cue) => cue.id === id)?.lines).toEqual([text]);
  // The gap has captions again, and the words there are those of the hearing.
  expect(cues.some(({ startMs, endMs }) => startMs < second.endMs && endMs > second.startMs)).toBe(true);
  expect(listHearingsInEffect(catalog, row.id)).toEqual([job]);
  const entry = meeting.entries.at(-1);
  expect(entry).toMatchObject({ by: "Ben", deed: { type: "hear-again", hearing: job } });
  // Taken back by one step, the words of the first hearing hold again; done again, those of the second.
  edit({ type: "undo" });
  expect(meeting.document.cues.some(({ startMs }) => startMs === second.startMs)).toBe(false);
  expect(listWords(catalog, row.id)).toEqual(firstWords);
  edit({ type: "redo" });
  expect(listHearingsInEffect(catalog, row.id)).toEqual([job]);
  // What is heard again is the machine's: it may be heard once more.
  const untouched = listUntouched(meeting.document, findCues(catalog, row.id, 0) ?? [], meeting.entries);
  const inserted = entry?.change.cues.flatMap((splice) => splice.inserted) ?? [];
  expect(inserted.length).toBeGreaterThan(0);
  for (const { id } of inserted) expect(untouched.has(id)).toBe(true);
  // The words of the whole meeting stay in order, and so do the facts that are made of them.
  const transcript = await loadTranscript(services, row);
  transcript.words.forEach((word, index) => {
    const next = transcript.words[index + 1];
    if (next !== undefined) expect(word.endMs).toBeLessThanOrEqual(next.startMs);
  });
  // The log still makes the captions that are stored.
  leave();
  runtime.editing.leave(row.id, anna, { cue: 1, row: 0 });
  const { meeting: reopened } = await runtime.editing.open(row.id);
  expect(reopened.document).toEqual(meeting.document);
  await vi.waitFor(() => expect(existsSync(pcm)).toBe(false));
});

test("the writer's next edit is told that the captions have changed, and fits after a look at them", async () => {
  const { runtime, row, submit, ended } = await transcribed();
  const { meeting } = await runtime.editing.open(row.id);
  runtime.editing.enter(row.id, ben, true);
  const edit = editor(meeting, ben);
  const gone = meeting.document.cues[1];
  edit({ type: "delete", cues: [gone?.id ?? 0] });
  const base = meeting.seq;
  const seen: string[] = [];
  meeting.listen((event) => event.kind === "edit" && seen.push(event.windowKey));
  await ended(submit({ startMs: gone?.startMs ?? 0, endMs: gone?.endMs ?? 0 }));
  // Every window hears of it, that of the writer too.
  expect(seen).toEqual(["station"]);
  const late = { visitor: ben, number: 9, base, before: { cue: 1, row: 0 }, after: { cue: 1, row: 0 }, activeMs: 0 };
  const deed = { type: "text", cue: 1, lines: ["typed meanwhile"] } as const;
  expect(() => meeting.edit({ ...late, deed })).toThrow(/changed meanwhile/);
  meeting.edit({ ...late, deed, base: meeting.seq });
  expect(meeting.document.cues[0]?.lines).toEqual(["typed meanwhile"]);
});

test("a run that was ended goes on with the pieces that it had, and puts them in once", async () => {
  const { runtime, catalog, row, submit, ended, job } = await transcribed();
  const { meeting } = await runtime.editing.open(row.id);
  runtime.editing.enter(row.id, anna, true);
  editor(meeting)({ type: "delete", cues: meeting.document.cues.slice(1, 3).map(({ id }) => id) });
  const id = submit();
  const done = () => listHearingChunks(catalog, id).filter(({ words }) => words !== undefined).length;
  await vi.waitFor(() => expect(done()).toBeGreaterThan(0), { timeout: 240_000, interval: 5 });
  runtime.jobService.pause(id);
  await vi.waitFor(() => expect(runtime.queue.runningCount).toBe(0), { timeout: 120_000 });
  const before = listHearingChunks(catalog, id);
  expect(job(id)?.state).not.toBe("completed");
  runtime.jobService.resume(id);
  await ended(id);
  expect(listHearingChunks(catalog, id).slice(0, before.filter(({ words }) => words).length)).toEqual(
    before.filter(({ words }) => words),
  );
  const entries = meeting.entries.filter(({ deed }) => deed.type === "hear-again");
  expect(entries).toHaveLength(1);
  expect(findHearing(catalog, id)).toMatchObject({ editSeq: entries[0]?.seq });
});

test("a hearing that was cancelled changes nothing", async () => {
  const { runtime, catalog, row, submit, job } = await transcribed();
  const { meeting } = await runtime.editing.open(row.id);
  runtime.editing.enter(row.id, anna, true);
  editor(meeting)({ type: "delete", cues: [meeting.document.cues[1]?.id ?? 0] });
  const { seq } = meeting;
  const id = submit();
  await vi.waitFor(() => expect(job(id)?.state).toBe("running"), { timeout: 120_000, interval: 5 });
  runtime.jobService.cancel(id);
  await vi.waitFor(() => expect(runtime.queue.runningCount).toBe(0), { timeout: 120_000 });
  expect(job(id)?.state).toBe("cancelled");
  expect(meeting.seq).toBe(seq);
  expect(listHearingsInEffect(catalog, row.id)).toEqual([]);
});

test("a recording that is gone, or another one in its place, is said with a remedy", async () => {
  const { row, submit, ended, job, runtime } = await transcribed();
  const path = recording;
  renameSync(path, `${path}.elsewhere`);
  onTestFinished(() => renameSync(`${path}.elsewhere`, path));
  const gone = submit();
  await ended(gone);
  expect(job(gone)).toMatchObject({ state: "failed", errorCode: "file.missing" });
  expect(job(gone)?.errorMessage).toMatch(/there is no such file/);
  meetingAt(path, 10, 30);
  const other = submit({ careful: true });
  await ended(other);
  expect(job(other)?.errorMessage).toMatch(/another recording/);
  rmSync(path);
  writeFileSync(path, "");
  const empty = submit({ careful: false });
  await ended(empty);
  expect(job(empty)?.errorMessage).toMatch(/empty/);
  expect((await runtime.editing.open(row.id)).meeting.seq).toBe(0);
});

test("without anybody at a screen the captions become a version, unless people have begun to correct them", async () => {
  const { runtime, catalog, row, submit, ended } = await transcribed();
  const { meeting } = await runtime.editing.open(row.id);
  const leave = runtime.editing.enter(row.id, anna, true);
  const edit = editor(meeting);
  edit({ type: "delete", cues: [meeting.document.cues[1]?.id ?? 0] });
  const first = await ended(submit({ makesVersion: true }));
  expect(first).toMatchObject({ version: null });
  expect(first.message).toMatch(/being corrected/);
  edit({ type: "delete", cues: [meeting.document.cues[1]?.id ?? 0] });
  meeting.createVersion("kept");
  leave();
  runtime.editing.leave(row.id, anna, { cue: 1, row: 0 });
  const number = findNewestVersionNumber(catalog, row.id);
  const second = await ended(submit({ makesVersion: true, careful: true }));
  expect(second).toMatchObject({ version: (number ?? 0) + 1 });
  expect(findCues(catalog, row.id, (number ?? 0) + 1)).toHaveLength(
    meeting.document.cues.length + Number(second.inserted) - Number(second.replaced),
  );
});

test("what cannot be done is refused at once", async () => {
  const { submit } = await transcribed();
  expect(() => submit({ startMs: 5_000, endMs: 5_000 })).toThrow(/not after the beginning/);
  expect(() => submit({ startMs: 9_000_000, endMs: 9_900_000 })).toThrow(/shorter/);
  expect(() => submit({ model: "archivist-demo-en", language: "es" })).toThrow(/knows English only/);
  expect(() => submit({ model: "no-such-model" })).toThrow(/no model of this name/);
});
