/**
 * The text field of the active caption. It is the only field in the list, because thousands of them would be too slow.
 */
import { useLayoutEffect, useRef } from "react";
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";

export function TextBox({ cue }: { readonly cue: EditCue }) {
  const session = useEditorSession();
  const box = useRef<HTMLTextAreaElement>(null);
  /** The text typed last: if the caption differs from it, something other than typing changed the caption. */
  const typed = useRef(cue.lines.join("\n"));
  useLayoutEffect(() => {
    const field = box.current;
    if (field === null) return;
    const { caret } = session.state;
    field.focus({ preventScroll: true });
    const at = caret ?? field.value.length;
    field.setSelectionRange(at, at);
  }, [session]);
  // Follows a new caret position in the same caption, such as a selected word.
  const caret = useEditor((state) => state.caret);
  useLayoutEffect(() => {
    if (caret !== null) box.current?.setSelectionRange(caret, caret);
  }, [caret]);
  useLayoutEffect(() => {
    const now = cue.lines.join("\n");
    const field = box.current;
    if (field === null || now === typed.current) return;
    const { selectionStart } = field;
    typed.current = now;
    field.value = now;
    field.setSelectionRange(selectionStart, selectionStart);
  }, [cue]);
  return (
    <textarea
      ref={box}
      className={classes.box}
      aria-label={texts.editor.text}
      defaultValue={cue.lines.join("\n")}
      spellCheck
      lang={session.transcript.language}
      dir="auto"
      onInput={(event) => {
        const field = event.currentTarget;
        session.playback.typed();
        const isDone = session.edit({ type: "text", cue: cue.id, lines: field.value.split("\n"), typed: true });
        // Show only text that the session has accepted.
        if (isDone) typed.current = field.value;
        else field.value = typed.current;
      }}
    />
  );
}
