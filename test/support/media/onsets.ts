/** Finds where sounds begin. */

/** Loudness, as a share of full scale, from which on there is sound, and the quiet before it in samples. */
const loud = 0.03;
const quietSamples = 8_000;
/** Samples of a measured block: 5 ms at 16 kHz. */
const block = 80;

/**
 * Finds the beginnings of sounds after half a second of quiet.
 * @param pcm 16-bit mono samples at 16 kHz
 * @returns milliseconds
 */
export function findOnsets(pcm: Buffer): readonly number[] {
  const onsets: number[] = [];
  let quiet = quietSamples;
  for (let at = 0; at + block * 2 <= pcm.length; at += block * 2) {
    let loudest = 0;
    for (let sample = at; sample < at + block * 2; sample += 2) {
      loudest = Math.max(loudest, Math.abs(pcm.readInt16LE(sample)));
    }
    if (loudest / 32_768 < loud) {
      quiet += block;
      continue;
    }
    if (quiet >= quietSamples) onsets.push(at / 32);
    quiet = 0;
  }
  return onsets;
}
