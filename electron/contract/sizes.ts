/** The one way in which sizes are written, on screens, in messages and in the terminal. Pure. */

const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** Files and disks, in powers of 1000 as their makers write it: `67 GB`, `3.0 MB`. @param bytes at least 0 */
export function formatBytes(bytes: number): string {
  let power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  // What would be rounded to 1000 is one of the next unit.
  if (power < units.length - 1 && Math.round(bytes / 1000 ** power) >= 1000) power++;
  const value = bytes / 1000 ** power;
  return `${value < 9.95 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** Largest file that is sent to the station in one message: captions, a document. Larger ones are uploaded. */
export const maxSmallFileBytes = 2_200_000;

/** Memory, in powers of 1024 as machines are sold: `32 GB`, `0.4 GB`. @param bytes at least 0 */
export function formatMemory(bytes: number): string {
  const value = bytes / 1024 ** 3;
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} GB`;
}
