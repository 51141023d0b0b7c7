/**
 * Compiles the glob patterns of the settings once. They ignore case, because Windows and macOS serve shares as well, and
 * the composition of accents, because a Mac writes names in another form than keyboards do.
 */
import { toComposed } from "../../platform/names.ts";
import { compileGlob } from "../../platform/patterns/glob.ts";

const compiled = new Map<string, (path: string) => boolean>();

/** Returns a matcher for paths relative to a share. A pattern that names a folder matches everything in it. */
export function globs(patterns: readonly string[]): (path: string) => boolean {
  const key = patterns.join("\n");
  let matches = compiled.get(key);
  if (matches === undefined) {
    const whole = patterns.flatMap((pattern) => (/[*?{[]/.test(pattern) ? [pattern] : [pattern, `${pattern}/**`]));
    const each = whole.map((pattern) => compileGlob(toComposed(pattern)));
    matches = (path) => {
      const composed = toComposed(path);
      return each.some((isMatch) => isMatch(composed));
    };
    compiled.set(key, matches);
  }
  return matches;
}
