/** The files of a decoded recording. */
import { join } from "node:path";

export interface DecodedFiles {
  /** Raw 16-bit mono samples at 16 kHz. */
  readonly pcm: string;
  /** Waveform peaks, as `PeakReducer` writes them. */
  readonly peaks: string;
  /** Loudness, as `LevelReducer` writes it. */
  readonly levels: string;
}

/** Paths of a decoded recording's files inside its working folder. */
export function decodedFiles(folder: string): DecodedFiles {
  return { pcm: join(folder, "audio.pcm"), peaks: join(folder, "peaks.dat"), levels: join(folder, "levels.dat") };
}
