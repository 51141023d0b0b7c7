/** Colors of speakers, in the order in which they first speak: `--speaker-1` to `--speaker-8` of main.css. */
const colorCount = 8;

/**
 * The number of a speaker's color, 1 to 8; with more speakers they come again.
 * @param speakers in the order in which they first speak
 * @returns undefined: nobody is named
 */
export function findSpeakerColor(speakers: readonly string[], speaker: string | undefined): number | undefined {
  const at = speaker === undefined ? -1 : speakers.indexOf(speaker);
  return at === -1 ? undefined : (at % colorCount) + 1;
}
