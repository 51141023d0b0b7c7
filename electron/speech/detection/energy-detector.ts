/**
 * Finds possible speech by loudness alone: the detector that is always available. It is designed to miss nothing.
 * Steady sound (a fan, hum, a test tone) counts as room noise and is left out; anything louder than the room around it
 * is kept, however quiet, because a speaker far from the microphone in a loud meeting lies below any threshold that
 * holds for the whole recording.
 */
import type { TimeSpan } from "../../captions/time/span.ts";

/** Milliseconds that one level covers. */
export const levelMs = 20;

/** The room's level at a moment is measured over this many milliseconds before and after it. */
const roomReachMs = 15_000;
/** The room's level is that of its quietest tenth: speech has pauses, and consonants that are nearly silent. */
const roomShare = 0.1;
/** Decibels above the room's level at which speech begins, and below which it ends. */
const beginAbove = 8;
const endAbove = 5;
/** Decibels below full scale; anything quieter is the recorder's own noise, not a voice. */
const inaudible = 78;
/** A level louder than this is not the room's: a person speaks without a pause, or music plays. */
const loudestRoom = 30;

/** A click or a cough is shorter than any word. */
const minSpeechMs = 100;
/** There is a short quiet inside a word before a stop consonant. */
const minPauseMs = 160;

/** Milliseconds between two measurements of the room's level. */
const stepMs = 1_000;

/**
 * Finds the spans that rise above the room's level, in order, without padding.
 * @param levels one byte per 20 ms, decibels below full scale (0 loudest)
 */
export function detectByEnergy(levels: Uint8Array): readonly TimeSpan[] {
  const rooms = measureRoom(levels);
  const spans: TimeSpan[] = [];
  let start = -1;
  let end = -1;
  const close = (): void => {
    if (start >= 0 && (end - start) * levelMs >= minSpeechMs) {
      spans.push({ startMs: start * levelMs, endMs: end * levelMs });
    }
    start = -1;
  };
  for (let index = 0; index < levels.length; index++) {
    const level = levels[index] as number;
    const room = rooms[Math.floor((index * levelMs) / stepMs)] as number;
    const limit = Math.min(inaudible, room - (start < 0 ? beginAbove : endAbove));
    if (level < limit) {
      if (start < 0) start = index;
      end = index + 1;
    } else if (start >= 0 && (index - end) * levelMs >= minPauseMs) close();
  }
  close();
  return spans;
}

/** Measures the room's level for every second: the quietest tenth of half a minute around it. */
function measureRoom(levels: Uint8Array): Uint8Array {
  const perStep = stepMs / levelMs;
  const steps = Math.ceil(levels.length / perStep);
  const reach = roomReachMs / stepMs;
  const counts = new Uint32Array(256);
  let total = 0;
  const add = (step: number, sign: 1 | -1): void => {
    const until = Math.min(levels.length, (step + 1) * perStep);
    for (let index = step * perStep; index < until; index++) {
      const level = levels[index] as number;
      counts[level] = (counts[level] as number) + sign;
      total += sign;
    }
  };
  for (let step = 0; step < Math.min(reach, steps); step++) add(step, 1);
  const rooms = new Uint8Array(steps);
  for (let step = 0; step < steps; step++) {
    if (step + reach < steps) add(step + reach, 1);
    if (step - reach - 1 >= 0) add(step - reach - 1, -1);
    let left = total * roomShare;
    let level = 255;
    while (level > 0) {
      left -= counts[level] as number;
      if (left <= 0) break;
      level--;
    }
    rooms[step] = Math.max(level, loudestRoom);
  }
  return rooms;
}
