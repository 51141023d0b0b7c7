/** Captions that nothing is said against. */
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import { rules } from "../../../electron/captions/quality/rules.ts";
import type { EditorSession } from "./session.ts";

/** Warnings about times and encoding are answered by nobody's listening: they stay where they are. */
const aboutWords: ReadonlySet<string> = new Set(["caption-accuracy", "content-completeness"]);

const isDoubt = ({ severity, rule }: Issue): boolean => severity === "error" || aboutWords.has(rules[rule].group);

/**
 * Those of some captions that are open, that have no error, no warning about their words and no suspicious word, and that
 * nobody is in the middle of typing.
 */
export function listPlain(session: EditorSession, cues: readonly EditCue[]): readonly EditCue[] {
  const { issues, mode, activeCueId, document } = session.state;
  const doubted = new Set(issues.filter(isDoubt).map(({ cue }) => document.cues[cue ?? -1]?.id));
  return cues.filter((cue) => {
    if (cue.reviewed === true || (mode === "type" && cue.id === activeCueId) || doubted.has(cue.id)) return false;
    return !session.transcript.marked(cue).some(({ suspicion }) => suspicion !== undefined);
  });
}
