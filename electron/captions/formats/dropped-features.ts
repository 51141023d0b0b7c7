import type { Issue } from "../quality/issue.ts";

/** What a file had, and captions have no place for: it is told, never dropped in silence. */
export function listDroppedFeatures(what: string): Issue {
  return {
    severity: "warning",
    rule: "left-out",
    message: `not kept: ${what}`,
    remedy: "Nothing, unless this is wanted: then put it in again with the program that made the file.",
  };
}
