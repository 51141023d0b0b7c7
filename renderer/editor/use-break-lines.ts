/** Breaks the lines of a caption anew once a person has typed in it, where one of them is longer than the screen. */
import { useEffect } from "react";
import { cueText } from "../../electron/captions/cue.ts";
import { findFixes } from "../../electron/captions/editing/fixes.ts";
import type { EditorSession } from "./session/session.ts";

/** What does not fit however it is broken stays as it was typed: the rules report it, and it can be split. */
function breakLines(session: EditorSession, id: number, before: string): void {
  const cue = session.document.cues.find((each) => each.id === id);
  if (cue === undefined || !session.state.isWriter || cueText(cue) === before) return;
  if (findFixes("lines", [cue], { profile: session.meeting.profile.cues }).length === 0) return;
  session.edit({ type: "balance", cues: [id] });
}

export function useBreakLines(session: EditorSession): void {
  useEffect(() => {
    const getText = (id: number | null): string => {
      const cue = session.document.cues.find((each) => each.id === id);
      return cue === undefined ? "" : cueText(cue);
    };
    let typed: { readonly id: number; readonly before: string } | undefined;
    return session.store.subscribe(({ mode, activeCueId }) => {
      const now = mode === "type" ? activeCueId : null;
      if (now === (typed?.id ?? null)) return;
      const left = typed;
      typed = now === null ? undefined : { id: now, before: getText(now) };
      // After the edit that may have moved it on: an edit within an edit would reach others before it.
      if (left !== undefined) queueMicrotask(() => breakLines(session, left.id, left.before));
    });
  }, [session]);
}
