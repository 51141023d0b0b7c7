/** Location of a recording's waveform file. */
import { decodedFiles } from "../media/decoding/files.ts";

/** @param folder folder of the recording */
export const peaksFile = (folder: string): string => decodedFiles(folder).peaks;
