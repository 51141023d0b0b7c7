import { createIssue, type Issue } from "../quality/issue.ts";

/** Says what a file had that captions have no place for; it is never dropped in silence. */
export const listDroppedFeatures = (what: string): Issue => createIssue("left-out", `not kept: ${what}`);
