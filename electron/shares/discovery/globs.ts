/**
 * Compiles the glob patterns of the settings once. They ignore case, because Windows and macOS serve shares as well, and
 * the composition of accents, because a Mac writes names in another form than keyboards do.
 */
import picomatch from "picomatch";
import { toComposed } from "../../platform/names.ts";

const compiled = new Map<string, (path: string) => boolean>();

/** Returns a matcher for paths relative to a share. A pattern that names a folder matches everything in it. */
export function globs(patterns: readonly string[]): (path: string) => boolean {
  const key = patterns.join("\n");
  let matches = compiled.get(key);
  if (matches === undefined) {
    const whole = patterns.flatMap((pattern) => (/[*?{[]/.test(pattern) ? [pattern] : [pattern, `${pattern}/**`]));
    const isMatch = picomatch(whole.map(toComposed), { nocase: true, dot: true });
    matches = (path) => isMatch(toComposed(path));
    compiled.set(key, matches);
  }
  return matches;
}
