/**
 * Regular expressions that people write, in an engine whose time grows with the text and never explodes: JavaScript's own
 * takes longer than a lifetime for `^([A-Za-z ]+)+$` and a name of sixty letters. Look-around and back references, which
 * no such engine can have, are refused.
 */
import { RE2JS, RE2JSException } from "re2js";
import { ArchivistError } from "../../contract/errors.ts";

/** Longest pattern, in characters. */
const maxLength = 2_000;

export interface LinearPattern {
  /** True when the whole text matches. */
  readonly matchesWhole: (text: string) => boolean;
  /** Named groups of the first match; undefined: there is none. Groups that took no part are left out. */
  readonly findGroups: (text: string) => Readonly<Record<string, string>> | undefined;
}

const known = new Map<string, LinearPattern>();

/** Compiles a pattern that ignores case, once. @throws ArchivistError `pattern.invalid` */
export function compileLinear(source: string): LinearPattern {
  const pattern = known.get(source) ?? compile(source);
  known.set(source, pattern);
  return pattern;
}

function compile(source: string): LinearPattern {
  if (source.length > maxLength) throw invalid(source, `it has more than ${maxLength} characters`);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(RE2JS.translateRegExp(source), RE2JS.CASE_INSENSITIVE);
  } catch (thrown) {
    if (!(thrown instanceof RE2JSException)) throw thrown;
    const cause = /\(\?<?[=!]|\\[1-9k]/.test(source)
      ? "look-ahead, look-behind and back references cannot be used"
      : "it is no regular expression";
    throw invalid(source, cause);
  }
  return {
    matchesWhole: (text) => compiled.testExact(text),
    findGroups: (text) => {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      const groups = Object.entries(matcher.getNamedGroups()) as [string, string | null][];
      return Object.fromEntries(groups.filter((group): group is [string, string] => group[1] !== null));
    },
  };
}

export const invalid = (subject: string, cause: string): ArchivistError =>
  new ArchivistError("pattern.invalid", { subject, cause });
