/** Where the waveform of a recording lies. */
import { decodedFiles } from "../media/decode.ts";

/** @param folder of the recording */
export const peaksFile = (folder: string): string => decodedFiles(folder).peaks;
