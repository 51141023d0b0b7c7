/** A write that the disk has no room for is an error, and never an answer; afterwards everything is as it was before. */
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Catalog, openCatalog } from "../../electron/catalog/open.ts";
import { approveNewest } from "../../electron/catalog/repositories/approvals.ts";
import { saveSentChapter, saveSentSidecar } from "../../electron/catalog/repositories/cablecast-sent.ts";
import { saveServer } from "../../electron/catalog/repositories/cablecast-shows.ts";
import { markDeleted } from "../../electron/catalog/repositories/deleted-meetings.ts";
import { addDictionaryWord } from "../../electron/catalog/repositories/dictionary.ts";
import { addTerms } from "../../electron/catalog/repositories/glossary.ts";
import { storeSummary } from "../../electron/catalog/repositories/insights.ts";
import { addBatch } from "../../electron/catalog/repositories/job-batches.ts";
import { cancelJob, pauseJob, setPriority } from "../../electron/catalog/repositories/job-commands.ts";
import { claimJob } from "../../electron/catalog/repositories/job-runs.ts";
import { insertJob } from "../../electron/catalog/repositories/jobs.ts";
import { addLogEntry } from "../../electron/catalog/repositories/logs.ts";
import { addNotification } from "../../electron/catalog/repositories/notifications.ts";
import { addPerson, addToken, changePerson, deleteTokens } from "../../electron/catalog/repositories/people.ts";
import { linkRecording } from "../../electron/catalog/repositories/publishing.ts";
import { upsertRecording } from "../../electron/catalog/repositories/recordings.ts";
import { beginScheduleRun } from "../../electron/catalog/repositories/schedule-runs.ts";
import { addShareFiles } from "../../electron/catalog/repositories/share-files.ts";
import { storeSpeechSpans } from "../../electron/catalog/repositories/speech-spans.ts";
import { beginStage } from "../../electron/catalog/repositories/transcription-stages.ts";
import { failTranscription, finishTranscription } from "../../electron/catalog/repositories/transcriptions.ts";
import { storeMachineVersion } from "../../electron/catalog/repositories/versions.ts";
import { ArchivistError } from "../../electron/contract/errors.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { someRecording, someToken, someTranscription } from "../support/station/catalog.ts";
import { canMakeDisks, type SmallDisk, smallDisk } from "../support/station/small-disk.ts";

const date = "2026-03-02T10:00:00.000Z";
const someJob = { type: "process", title: "council.mp4", payload: {}, priority: 3, createdDate: date } as const;

/** What the writes are about. */
interface Known {
  readonly personId: number;
  readonly transcriptionId: string;
  readonly captionedId: string;
  readonly recordingId: string;
  /** One for each write, because they run in any order. */
  readonly jobIds: Readonly<Record<"claim" | "pause" | "cancel" | "priority", string>>;
}

function addKnown(catalog: Catalog): Known {
  const recording = someRecording(catalog);
  const newJob = (): string => insertJob(catalog, someJob).id;
  const person = addPerson(catalog, { name: "Kim", passwordHash: "x", role: "operator" });
  addToken(catalog, someToken("t", person.id, date));
  return {
    personId: person.id,
    transcriptionId: someTranscription(catalog, recording).id,
    captionedId: captioned(catalog, someCues(20), 7),
    recordingId: recording.id,
    jobIds: { claim: newJob(), pause: newJob(), cancel: newJob(), priority: newJob() },
  };
}

type Write = (catalog: Catalog, known: Known) => unknown;

const writes: Readonly<Record<string, Write>> = {
  addPerson: (catalog) => addPerson(catalog, { name: "full", passwordHash: "x", role: "user" }),
  changePerson: (catalog, { personId }) => changePerson(catalog, personId, { role: "user" }),
  addToken: (catalog, { personId }) => addToken(catalog, someToken("u", personId, date)),
  deleteTokens: (catalog, { personId }) => deleteTokens(catalog, personId),
  upsertRecording: (catalog) =>
    upsertRecording(catalog, {
      ...{ fingerprint: "f9", filename: "b.mp4", filePath: "/share/b.mp4", fileSize: 1, modifiedMs: 1 },
      ...{ container: "mp4", durationMs: 1_000, media: { audio: "aac" } },
    }),
  insertJob: (catalog) => insertJob(catalog, someJob),
  setPriority: (catalog, { jobIds }) => setPriority(catalog, jobIds.priority, 5, date),
  claimJob: (catalog, { jobIds }) => claimJob(catalog, jobIds.claim, date),
  pauseJob: (catalog, { jobIds }) => pauseJob(catalog, jobIds.pause, date),
  cancelJob: (catalog, { jobIds }) => cancelJob(catalog, jobIds.cancel, "cancelled", date),
  addBatch: (catalog) => addBatch(catalog, { name: "b", request: {}, refused: [], createdDate: date }),
  addDictionaryWord: (catalog) => addDictionaryWord(catalog, "*", { word: "Wayzata", addedBy: "Kim", addedDate: date }),
  addTerms: (catalog) => addTerms(catalog, "Oakdale", [{ term: "Okafor", kind: "person" }]),
  addLogEntry: (catalog) => addLogEntry(catalog, { level: "warning", message: "m", component: "c" }),
  addNotification: (catalog) =>
    addNotification(catalog, {
      ...{ severity: "info", subject: "s", body: "b", recipients: [], canSend: false, createdDate: date },
    }),
  beginScheduleRun: (catalog) => beginScheduleRun(catalog, "scan", date, date),
  addShareFiles: (catalog) =>
    addShareFiles(catalog, [
      {
        ...{ share: "Flex", path: "a.mp4", size: 1, modifiedMs: 1, state: "new", firstSeenDate: date },
        ...{ city: null, meetingDate: null, meetingType: null, title: null },
      },
    ]),
  saveServer: (catalog) => saveServer(catalog, "https://cablecast.example"),
  saveSentChapter: (catalog) =>
    saveSentChapter(catalog, "https://cablecast.example", 1, { chapterId: 1, title: "Roll call", offset: 1 }),
  saveSentSidecar: (catalog) => saveSentSidecar(catalog, "https://cablecast.example", "a.mp4", "0".repeat(64), date),
  linkRecording: (catalog, { recordingId }) =>
    linkRecording(catalog, { server: "https://cablecast.example", recordingId, showId: 1, reason: "r", score: 1 }),
  beginStage: (catalog, { transcriptionId }) => beginStage(catalog, transcriptionId, "decode"),
  failTranscription: (catalog, { transcriptionId }) =>
    failTranscription(catalog, transcriptionId, new ArchivistError("media.no-audio")),
  finishTranscription: (catalog, { transcriptionId }) =>
    finishTranscription(catalog, transcriptionId, {
      ...{ status: "completed", completedDate: date, durationMs: 1_000, elapsedMs: 1_000 },
    }),
  storeMachineVersion: (catalog, { transcriptionId }) => storeMachineVersion(catalog, transcriptionId, someCues(50)),
  storeSpeechSpans: (catalog, { transcriptionId }) =>
    storeSpeechSpans(catalog, transcriptionId, [{ startMs: 0, endMs: 5_000 }]),
  storeSummary: (catalog, { transcriptionId }) =>
    storeSummary(catalog, transcriptionId, { markdown: "m", sentences: [], phrases: [], version: 0, options: "{}" }),
  approveNewest: (catalog, { captionedId }) => approveNewest(catalog, captionedId, { by: "Kim", date, reasons: [] }),
  markDeleted: (catalog, { transcriptionId }) => markDeleted(catalog, transcriptionId, "Kim", date),
};

/** All rows of all tables, as another process reads them. */
function readRows(file: string): string {
  const database = new BetterSqlite(file, { readonly: true });
  try {
    const tables = database
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
      .all();
    return JSON.stringify(tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]));
  } finally {
    database.close();
  }
}

/** Takes all the room there is. */
function fill(path: string): void {
  const handle = openSync(path, "a");
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) writeSync(handle, Buffer.alloc(size, 1));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== "ENOSPC") throw thrown;
    }
  }
  closeSync(handle);
}

describe.skipIf(!canMakeDisks)("on a full disk", () => {
  let disk: SmallDisk;
  let catalog: Catalog;
  let known: Known;
  let file: string;
  /** Reads without end, so that the journal can only grow. */
  let reader: BetterSqlite.Database;

  beforeAll(() => {
    disk = smallDisk(16);
    file = join(disk.folder, "catalog.db");
    catalog = openCatalog(file, join(disk.folder, "backups"));
    known = addKnown(catalog);
    reader = new BetterSqlite(file, { readonly: true });
    reader.exec("BEGIN; SELECT count(*) FROM users");
  });

  afterAll(async () => {
    reader?.close();
    catalog?.close();
    await disk?.[Symbol.asyncDispose]();
  });

  test.each(Object.entries(writes))("%s", (_, write) => {
    const filler = join(disk.folder, "filler");
    const before = readRows(file);
    fill(filler);
    let answer: unknown = "nothing was thrown";
    try {
      write(catalog, known);
    } catch (thrown) {
      answer = thrown;
    }
    expect(answer).toMatchObject({ code: "disk.full" });
    expect(readRows(file)).toBe(before);
    rmSync(filler);
    write(catalog, known);
    expect(readRows(file)).not.toBe(before);
  });
});
