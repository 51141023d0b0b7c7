/** A meeting of the size that the editor is designed for: six hours, 6,000 captions, 54,000 words; deterministic. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { segmentWords } from "../../../electron/captions/segmentation/segment.ts";
import type { Word } from "../../../electron/captions/word.ts";
import type { Catalog } from "../../../electron/catalog/open.ts";
import { finishChunk, listChunks, storePlan } from "../../../electron/catalog/repositories/chunks.ts";
import { storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { PeakReducer } from "../../../electron/media/peaks.ts";
import { addMeeting } from "../bench/meetings.ts";
import { random } from "../random.ts";

const hour = 3_600_000;
const vocabulary =
  "the council member motion to approve budget street park water rate public hearing second discussion city staff report agenda item ordinance resolution zoning permit traffic safety sidewalk library fire police sewer contract bid award fund grant plan review committee meeting minutes vote favor opposed carries thank you mayor resident comment concern property owner development lot variance setback tree garden trail bridge".split(
    " ",
  );
const names = ["Anderson", "Garcia", "Gutierrez", "Nguyen", "Lindqvist", "O'Brien"];

/** @param hours duration of the meeting */
export function longWords(hours = 6): readonly Word[] {
  const pick = random(7);
  const words: Word[] = [];
  let at = 1_000;
  let inSentence = 0;
  while (at < hours * hour) {
    const chosen =
      pick() < 0.04 ? names[Math.floor(pick() * names.length)] : vocabulary[Math.floor(pick() * vocabulary.length)];
    const isFirst = inSentence === 0;
    const isLast = inSentence >= 6 && pick() < 0.25;
    const text = `${isFirst ? (chosen ?? "").charAt(0).toUpperCase() + (chosen ?? "").slice(1) : chosen}${isLast ? "." : ""}`;
    const length = 120 + Math.floor(pick() * 260);
    words.push({
      text,
      startMs: at,
      endMs: at + length,
      probability: pick() < 0.03 ? 0.15 + pick() * 0.4 : 0.75 + pick() * 0.25,
    });
    at += length + (isLast ? 350 + Math.floor(pick() * 900) : 60);
    inSentence = isLast ? 0 : inSentence + 1;
  }
  return words;
}

/** @returns Ids of the transcription and its recording */
export function addLongMeeting(catalog: Catalog, recordings: string, hours = 6) {
  const words = longWords(hours);
  const durationMs = hours * hour;
  const { id, recordingId } = addMeeting(catalog, {
    number: 99_000 + hours,
    filename: "2026-03-02 City Council.mp4",
    durationMs,
    city: "Oakdale",
  });
  storePlan(catalog, id, [{ stretches: [{ startMs: 0, endMs: durationMs }] }]);
  const [chunk] = listChunks(catalog, id);
  const completedDate = new Date().toISOString();
  finishChunk(catalog, chunk?.id ?? 0, { words, repairedWords: 0, language: "en", elapsedMs: 1, completedDate });
  storeMachineVersion(catalog, id, segmentWords(words));
  const folder = join(recordings, recordingId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "peaks.dat"), makePeaks(words, durationMs));
  return { id, recordingId, words: words.length };
}

/** A waveform that is loud where there is speech. */
function makePeaks(words: readonly Word[], durationMs: number): Buffer {
  const reducer = new PeakReducer();
  const pick = random(11);
  let word = 0;
  for (let ms = 0; ms < durationMs; ms += 10) {
    while ((words[word]?.endMs ?? Number.POSITIVE_INFINITY) < ms) word++;
    const isLoud = (words[word]?.startMs ?? Number.POSITIVE_INFINITY) <= ms;
    const samples = new Int16Array(160);
    const loudness = (isLoud ? 12_000 : 300) * (0.4 + pick() * 0.6);
    samples[0] = loudness;
    samples[80] = -loudness;
    reducer.push(samples);
  }
  return reducer.finish();
}
