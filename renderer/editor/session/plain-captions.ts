/** Captions that nothing is said against. */
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import { rules } from "../../../electron/captions/quality/rules.ts";
import type { EditorSession } from "./session.ts";

/** Warnings about times and encoding are answered by nobody's listening: they stay where they are. */
const aboutWords: ReadonlySet<string> = new Set(["caption-accuracy", "content-completeness"]);

const isDoubt = ({ severity, rule }: Issue): boolean => severity === "error" || aboutWords.has(rules[rule].group);

/**
 * The captions of a stretch of the list that are open, that have no error, no warning about their words and no suspicious
 * word, and that nobody is in the middle of typing.
 * @param from index of the first one. @param to index after the last one
 */
export function listPlain(session: EditorSession, from: number, to: number): readonly EditCue[] {
  const { issues, mode, activeCueId } = session.state;
  const doubted = new Set(issues.filter(isDoubt).map(({ cue }) => cue));
  return session.document.cues.slice(from, to).filter((cue, at) => {
    if (cue.reviewed === true || (mode === "type" && cue.id === activeCueId) || doubted.has(from + at)) return false;
    return !session.transcript.marked(cue).some(({ suspicion }) => suspicion !== undefined);
  });
}
