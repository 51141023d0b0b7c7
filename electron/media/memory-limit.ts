/** How much memory the programs for media may take. */
import { availableParallelism } from "node:os";

/**
 * Memory that ffmpeg and ffprobe may ask for, in bytes. Recordings of meetings need a tenth of it; a file of a few kilobytes
 * that says that its pictures have 16,384 lines would take all that the machine has. What is limited is addresses: each thread
 * reserves some for itself, and there are as many as there are cores.
 */
export const mediaMemoryBytes = 4 * 1024 ** 3 + availableParallelism() * 256 * 1024 ** 2;
