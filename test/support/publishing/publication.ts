/** A publication and everything that publishing it depends on. */
import { join } from "node:path";
import type { Emulator } from "../../../electron/cablecast/emulator/emulator.ts";
import type { PublisherDeps } from "../../../electron/cablecast/publisher/dependencies.ts";
import type { Cue } from "../../../electron/captions/cue.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import type { Publication, StepRunner } from "../../../electron/contract/publishing.ts";
import { systemClock } from "../../../electron/platform/clock.ts";
import { freshCatalog, someRecording } from "../station/catalog.ts";
import { settingsWith } from "../station/shares.ts";
import { silentLogger } from "../station/silent-logger.ts";
import { meetingAt } from "../station/station.ts";
import { temporaryFolder } from "../temporary.ts";
import { createClient, testEmulator } from "./cablecast.ts";

export const someCues: readonly Cue[] = [
  { startMs: 3_000, endMs: 5_000, lines: ["The meeting is called", "to order."] },
  { startMs: 6_000, endMs: 8_000, lines: ["Item seven: the street project."] },
  { startMs: 8_500, endMs: 11_000, lines: ["The motion carries."] },
];

/** A step runner that stores nothing between runs. */
export const straight: StepRunner = (_, work) => work();

export function somePublication(recordingId: string, more: Partial<Publication> = {}): Publication {
  return {
    transcriptionId: "t1",
    version: 0,
    recordingId,
    path: "/x/2026-03-02 Oakdale City Council.mp4",
    seconds: 12,
    city: "Oakdale",
    location: 1,
    title: "Oakdale City Council 2026-03-02",
    publicTitle: "Oakdale City Council",
    description: "The street project was approved.",
    date: "2026-03-02",
    category: 23,
    producer: 4,
    project: 43,
    customFields: [],
    tags: [],
    cues: someCues,
    scc: encodeScc(someCues).text,
    withCaptions: true,
    chapters: [
      { title: "Call to order", offset: 3 },
      { title: "Item seven", offset: 6 },
    ],
    quality: null,
    access: "public",
    isNewShow: false,
    madeDate: "2026-03-03T08:00:00Z",
    requested: new Set(),
    shortcomings: [],
    ...more,
  };
}

/** A recording that is not on the server yet. @param settings overrides of the group `cablecast` */
export async function publicationPlace(settings: object = {}) {
  const emulator: Emulator = await testEmulator();
  const catalog = freshCatalog();
  const recording = someRecording(catalog);
  const path = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale City Council.mp4"), 12);
  const publication = somePublication(recording.id, { path });
  const whole = settingsWith({
    cablecast: {
      contentFolder: emulator.content,
      pollSeconds: 0.01,
      captionsMinutes: 2,
      watchableMinutes: 2,
      ...settings,
    },
  }).cablecast;
  const deps: PublisherDeps = {
    client: createClient(emulator),
    catalog,
    settings: whole,
    logger: silentLogger,
    clock: systemClock,
  };
  return { emulator, deps, publication, catalog, recording };
}
