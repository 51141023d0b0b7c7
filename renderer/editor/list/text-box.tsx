/** The text of the active caption: the only field that the list ever has, because thousands of them would be too slow. */
import { useLayoutEffect, useRef } from "react";
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";

export function TextBox({ cue }: { readonly cue: EditCue }) {
  const session = useEditorSession();
  const isWriter = useEditor((state) => state.isWriter);
  const box = useRef<HTMLTextAreaElement>(null);
  /** What was typed last: a caption that is another one now was changed by something else. */
  const typed = useRef(cue.lines.join("\n"));
  useLayoutEffect(() => {
    const field = box.current;
    if (field === null) return;
    const { caret } = session.state;
    field.focus({ preventScroll: true });
    const at = caret ?? field.value.length;
    field.setSelectionRange(at, at);
  }, [session]);
  // Somewhere else in the same caption: a word that has been selected.
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
      readOnly={!isWriter}
      spellCheck
      lang={session.transcript.language}
      dir="auto"
      onInput={(event) => {
        const field = event.currentTarget;
        session.playback.typed();
        const isDone = session.edit({ type: "text", cue: cue.id, lines: field.value.split("\n"), typed: true });
        // What is shown is what is kept.
        if (isDone) typed.current = field.value;
        else field.value = typed.current;
      }}
    />
  );
}
