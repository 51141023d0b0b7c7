/** The script of a correction: what each caption of a meeting has to be, by what was said and who said it. */
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import { alignWords } from "../speech/scoring/align-words.ts";

export interface SaidLine {
  readonly text: string;
  readonly voice: string;
}

export interface CaptionScript {
  /** What the caption has to say; undefined: it is right. Empty: nothing was said. */
  readonly text: string | undefined;
  /** Who begins to speak in it; undefined: it says nothing. */
  readonly voice: string | undefined;
}

/** @returns By the caption's id */
export function writeCorrectionScript(
  cues: readonly EditCue[],
  said: readonly SaidLine[],
): ReadonlyMap<number, CaptionScript> {
  const written = cues.flatMap(({ id, lines }) =>
    lines.flatMap((line) => line.split(/\s+/).filter(Boolean)).map((text) => ({ text, cue: id })),
  );
  const spoken = said.flatMap(({ text, voice }) =>
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => ({ word, voice })),
  );
  const { truth, recognized } = alignWords(spoken.map(({ word }) => word).join(" "), written);
  const own = new Map(
    cues.map(({ id }) => [id, { words: [] as string[], isWrong: false, voice: undefined as string | undefined }]),
  );
  recognized.forEach((kind, index) => {
    const caption = own.get(written[index]?.cue ?? -1);
    if (caption !== undefined && kind !== "equal") caption.isWrong = true;
  });
  let at = cues[0]?.id ?? -1;
  truth.forEach(({ text, kind, recognized: word }, index) => {
    if (word !== undefined) at = written[word]?.cue ?? at;
    const caption = own.get(at);
    if (caption === undefined) return;
    caption.words.push(text);
    caption.voice ??= spoken[index]?.voice;
    // A number of several words stands for one that is written in digits: the words after its first have no place.
    if (kind !== "equal") caption.isWrong = true;
  });
  return new Map(
    [...own].map(([id, { words, isWrong, voice }]) => [id, { text: isWrong ? words.join(" ") : undefined, voice }]),
  );
}
