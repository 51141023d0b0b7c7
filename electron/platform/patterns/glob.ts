/**
 * Glob patterns: `*` and `?` within a name, `**` across folders, `[abc]`, `[!a-z]`, `{mp4,mov}`, `{1..9}`, and `\` before a
 * character that stands for itself. They ignore case, and match names that begin with a dot.
 */
import { compileLinear, invalid } from "./linear-pattern.ts";

/** Longest list that a range such as `{1..9}` makes. */
const maxRange = 1_000;
/** Deepest nesting of braces. */
const maxDepth = 10;

const escapeSign = (sign: string): string => sign.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

interface Translated {
  readonly source: string;
  /** Where the translation has ended. */
  readonly end: number;
}

class GlobTranslator {
  readonly #glob: string;

  constructor(glob: string) {
    this.#glob = glob;
  }

  translate(): string {
    return this.#sequence(0, 0, "").source;
  }

  /** Translates up to one of `stops`, which is not within it. */
  #sequence(start: number, depth: number, stops: string): Translated {
    const glob = this.#glob;
    let source = "";
    let at = start;
    while (at < glob.length && !stops.includes(glob[at] as string)) {
      const part = this.#part(at, depth);
      source += part.source;
      at = part.end;
    }
    return { source, end: at };
  }

  #part(at: number, depth: number): Translated {
    const glob = this.#glob;
    const sign = glob[at] as string;
    if (glob[at + 1] === "(" && "?*+@!".includes(sign)) {
      throw invalid(glob, `${sign}( ) cannot be used: write { , } instead`);
    }
    switch (sign) {
      case "\\":
        if (at + 1 >= glob.length) return { source: escapeSign(sign), end: at + 1 };
        return { source: escapeSign(glob[at + 1] as string), end: at + 2 };
      case "?":
        return { source: "[^/]", end: at + 1 };
      case "*":
        return this.#stars(at);
      case "[":
        return this.#class(at);
      case "{":
        return this.#braces(at, depth);
      case "/":
        // A folder and everything in it: `council/**` is the folder itself as well, and `*/**` only what is in folders.
        if (glob.slice(at) === "/**" && glob[at - 1] !== "*") return { source: "(?:/.*)?", end: glob.length };
        return { source: "/", end: at + 1 };
      default:
        return { source: escapeSign(sign), end: at + 1 };
    }
  }

  #stars(at: number): Translated {
    const glob = this.#glob;
    let end = at;
    while (glob[end] === "*") end++;
    const isSegment = (at === 0 || "/{,".includes(glob[at - 1] as string)) && /^[/},]|^$/.test(glob[end] ?? "");
    if (end - at > 1 && isSegment) {
      return glob[end] === "/" ? { source: "(?:.*/)?", end: end + 1 } : { source: ".*", end };
    }
    // A name is never empty.
    return { source: isSegment ? "[^/]+" : "[^/]*", end };
  }

  #class(at: number): Translated {
    const glob = this.#glob;
    const isNegated = glob[at + 1] === "!" || glob[at + 1] === "^";
    const from = at + (isNegated ? 2 : 1);
    // A bracket that comes first stands for itself.
    const close = glob.indexOf("]", from + 1);
    if (close < 0) return { source: "\\[", end: at + 1 };
    const signs = glob.slice(from, close).replace(/[\\[\]^&~]/g, "\\$&");
    return { source: isNegated ? `[^/${signs}]` : `[${signs}]`, end: close + 1 };
  }

  #braces(at: number, depth: number): Translated {
    const glob = this.#glob;
    const range = /^\{(-?\d{1,6})\.\.(-?\d{1,6})\}/.exec(glob.slice(at));
    if (range !== null) {
      return { source: listRange(glob, Number(range[1]), Number(range[2])), end: at + range[0].length };
    }
    if (depth >= maxDepth) throw invalid(glob, "its braces are nested too deep");
    const alternatives: string[] = [];
    let next = at;
    do {
      const { source, end } = this.#sequence(next + 1, depth + 1, ",}");
      alternatives.push(source);
      next = end;
    } while (glob[next] === ",");
    // Without its other half a brace stands for itself.
    if (glob[next] !== "}") return { source: "\\{", end: at + 1 };
    return { source: `(?:${alternatives.join("|")})`, end: next + 1 };
  }
}

function listRange(glob: string, from: number, to: number): string {
  const count = Math.abs(to - from) + 1;
  if (count > maxRange) throw invalid(glob, `a range has more than ${maxRange} numbers`);
  const low = Math.min(from, to);
  return `(?:${Array.from({ length: count }, (_, index) => escapeSign(String(low + index))).join("|")})`;
}

/** Compiles a glob for whole paths with `/` between folders. @throws ArchivistError `pattern.invalid` */
export function compileGlob(glob: string): (path: string) => boolean {
  if (glob.startsWith("!")) throw invalid(glob, "a pattern that begins with ! cannot be used: name what is left out");
  // `**` after `**` says nothing more.
  const relative = glob.replace(/^(?:\.?\/)+/, "").replace(/(^|\/)(?:\*\*\/)+(?=\*\*(?:\/|$))/g, "$1");
  return compileLinear(`(?s:${new GlobTranslator(relative).translate()})`).matchesWhole;
}
