/** Captioned meetings in a catalog, made without hearing them, and a station that publishes them on the emulated server. */
import { join } from "node:path";
import { storeCredentials } from "../../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../../electron/cablecast/emulator/emulator.ts";
import type { Catalog } from "../../../electron/catalog/open.ts";
import { approveNewest } from "../../../electron/catalog/repositories/approvals.ts";
import { storeSummary } from "../../../electron/catalog/repositories/insights.ts";
import { upsertRecording } from "../../../electron/catalog/repositories/recordings.ts";
import { addTranscription, finishTranscription } from "../../../electron/catalog/repositories/transcriptions.ts";
import { storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { loadSettings } from "../../../electron/config/settings.ts";
import { testHost } from "../station/host.ts";
import { meetingAt, type TestStationOptions } from "../station/station.ts";
import { temporaryFolder } from "../temporary.ts";
import { testEmulator } from "./cablecast.ts";
import { someCues } from "./publication.ts";

const madeDate = "2026-03-03T08:00:00.000Z";

interface MeetingFacts {
  /** Name of the recording's file. */
  readonly name: string;
  readonly date?: string | null;
  readonly city?: string;
  readonly isApproved?: boolean;
  /** False: the recording is not on the disk. */
  readonly hasFile?: boolean;
}

/** Adds a meeting with captions and a summary. @returns The id of its transcription */
export function addMeeting(catalog: Catalog, facts: MeetingFacts): string {
  const { name, date = "2026-03-02", city, isApproved = true, hasFile = false } = facts;
  const folder = temporaryFolder();
  const filePath = join(folder, name);
  if (hasFile) meetingAt(filePath, 12);
  const file = { filename: name, filePath, fileSize: 1_000 };
  const recording = upsertRecording(catalog, {
    ...file,
    fingerprint: filePath,
    // Long after the meeting: nothing may take it for the meeting's day.
    modifiedMs: Date.parse("2026-11-28T02:30:00Z"),
    container: "mov,mp4,m4a,3gp,3g2,mj2",
    durationMs: 12_000,
    media: {},
  });
  const { id } = addTranscription(catalog, {
    ...file,
    recordingId: recording.id,
    modelFingerprint: "m",
    optionsKey: filePath,
    meetingDate: date,
    meetingType: "City Council",
    meetingTitle: "Regular meeting",
    language: "en",
    city: city ?? null,
    model: "m",
    options: {},
    outputFolder: join(folder, "out"),
    createdDate: madeDate,
  });
  storeMachineVersion(catalog, id, someCues);
  storeSummary(catalog, id, {
    markdown: "The street project was approved.",
    sentences: [{ text: "The street project was approved.", startMs: 6_000 }],
    phrases: [{ phrase: "street project", occurrences: 2 }],
    // Made with the settings as they are: it is not made anew.
    options: JSON.stringify(loadSettings("/nonexistent/settings.json", {}).insight),
    version: 0,
  });
  finishTranscription(catalog, id, {
    status: "completed",
    completedDate: madeDate,
    durationMs: 12_000,
    elapsedMs: 1,
  });
  if (isApproved) approveNewest(catalog, id, { by: "Anna", date: madeDate, reasons: [] });
  return id;
}

/** Settings of a station that publishes on an emulated server. @param settings further groups of settings */
export const publishingSettings = (
  { url, content }: Awaited<ReturnType<typeof testEmulator>>,
  settings: Readonly<Record<string, object>> = {},
) => ({
  ...settings,
  cablecast: { url, contentFolder: content, pollSeconds: 0.01, captionsMinutes: 2, retrySeconds: 0 },
});

/** A host that publishes on an emulated server. @param settings further groups of settings */
export async function publishingHost(
  settings: Readonly<Record<string, object>> = {},
  more: Pick<TestStationOptions, "cities"> = {},
) {
  const emulator = await testEmulator();
  const host = await testHost({ ...more, settings: publishingSettings(emulator, settings) });
  await storeCredentials(host.services.secrets, practiceCredentials);
  return { ...host, emulator, client: await host.connect() };
}
