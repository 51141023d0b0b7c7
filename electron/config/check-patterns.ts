/** Compiles the patterns in the settings, so that one that cannot be used is told where it is written. */
import { ArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { compileGlob } from "../platform/patterns/glob.ts";
import { compileLinear } from "../platform/patterns/linear-pattern.ts";

export interface BadPattern {
  /** Its place in the settings, such as `cities`, `members`, `0`, `folders`, `1`. */
  readonly path: readonly string[];
  readonly reason: string;
}

/** Finds the first pattern that cannot be used; undefined: all can. */
export function findBadPattern({ intake, cities }: Settings): BadPattern | undefined {
  const lists: readonly (readonly [
    path: readonly string[],
    patterns: readonly string[],
    compile: (text: string) => unknown,
  ])[] = [
    [["intake", "include"], intake.include, compileGlob],
    [["intake", "exclude"], intake.exclude, compileGlob],
    ...cities.members.flatMap(({ folders, namePatterns }, index) => {
      const place = ["cities", "members", String(index)];
      return [
        [[...place, "folders"], folders, compileGlob],
        [[...place, "namePatterns"], namePatterns, compileLinear],
      ] as const;
    }),
  ];
  for (const [path, patterns, compile] of lists) {
    for (const [index, pattern] of patterns.entries()) {
      try {
        compile(pattern);
      } catch (thrown) {
        if (!(thrown instanceof ArchivistError)) throw thrown;
        return { path: [...path, String(index)], reason: thrown.reason };
      }
    }
  }
  return undefined;
}
