/**
 * Memory that ffmpeg and ffprobe may ask for, in bytes. Recordings of meetings need a tenth of it; a file of a few kilobytes
 * that says that its pictures have 16,384 lines would take all that the machine has.
 */
export const mediaMemoryBytes = 4 * 1024 ** 3;
