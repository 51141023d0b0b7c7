import { createIssue, type Issue } from "../quality/issue.ts";

/** Creates the issue for features of a file that captions do not support, so that they are never dropped silently. */
export const listDroppedFeatures = (what: string): Issue => createIssue("left-out", `not kept: ${what}`);
