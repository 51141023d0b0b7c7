/** Glob patterns of the settings, compiled once. Case does not matter: shares are served by Windows and macOS as well. */
import picomatch from "picomatch";

const compiled = new Map<string, (path: string) => boolean>();

/** Whether a path below a share fits one of the patterns. A pattern that names a folder takes what is in it. */
export function globs(patterns: readonly string[]): (path: string) => boolean {
  const key = patterns.join("\n");
  let matches = compiled.get(key);
  if (matches === undefined) {
    const whole = patterns.flatMap((pattern) => (/[*?{[]/.test(pattern) ? [pattern] : [pattern, `${pattern}/**`]));
    matches = picomatch(whole, { nocase: true, dot: true });
    compiled.set(key, matches);
  }
  return matches;
}
