/**
 * Chooses the sound with the meeting, out of all streams of a recording, by what was heard in them. Pure.
 *
 * One stream with speech is taken. Where several have some, they are mixed if people take turns in them (a microphone
 * each); if they sound at the same time (two languages, a copy of the same), the main one is taken and the others are
 * offered.
 */
/** A stream as it was heard. */
export interface ListenedStream {
  /** Number among the sounds, from 1. */
  readonly number: number;
  readonly isDefault: boolean;
  /** For each 20 ms on the recording's clock: 1 where something is said or otherwise louder than the room. */
  readonly activity: Uint8Array;
}

export interface SoundChoice {
  /** Numbers of the streams that are used, from 1; several are mixed. */
  readonly streams: readonly number[];
  /** Others in which speech may be. */
  readonly others: readonly number[];
}

const perSecond = 50;
/** A stream with less than this, and less than a fiftieth of the most active one, has no speech. */
const minActive = perSecond;
const minShare = 0.02;
/** Of a stream's activity, the share that must fall into the other's pauses for the two to be taking turns. */
const turnShare = 0.6;

const count = (activity: Uint8Array): number => activity.reduce((sum, value) => sum + value, 0);

/** The share of `other`'s activity that falls into the pauses of `main`. */
function getTurnShare(main: Uint8Array, other: Uint8Array): number {
  let alone = 0;
  let all = 0;
  for (let index = 0; index < other.length; index++) {
    if (other[index] === 0) continue;
    all++;
    if ((main[index] ?? 0) === 0) alone++;
  }
  return all === 0 ? 0 : alone / all;
}

/** @param streams in the file's order, at least one */
export function chooseSound(streams: readonly ListenedStream[]): SoundChoice {
  const counts = new Map(streams.map((stream) => [stream, count(stream.activity)]));
  const most = Math.max(...counts.values());
  const active = streams.filter((stream) => {
    const own = counts.get(stream) ?? 0;
    return own >= Math.min(minActive, most) && own > 0 && own >= most * minShare;
  });
  const candidates = active.length > 0 ? active : streams;
  const main = candidates.find(({ isDefault }) => isDefault) ?? (candidates[0] as ListenedStream);
  if (active.length < 2) return { streams: [main.number], others: [] };
  const turns = active.filter((stream) => stream !== main && getTurnShare(main.activity, stream.activity) >= turnShare);
  const used = active.filter((stream) => stream === main || turns.includes(stream));
  const others = active.filter((stream) => !used.includes(stream));
  return { streams: used.map(({ number }) => number), others: others.map(({ number }) => number) };
}
