/** Times as the editor shows them. */
const pad = (value: number, length = 2): string => String(Math.floor(value)).padStart(length, "0");

/** Formats milliseconds as `1:02:03.4`. */
export function formatTime(ms: number): string {
  const seconds = ms / 1000;
  const rest = `${pad((seconds / 60) % 60)}:${pad(seconds % 60)}.${Math.floor((ms % 1000) / 100)}`;
  return seconds >= 3_600 ? `${Math.floor(seconds / 3_600)}:${rest}` : rest;
}
