/**
 * The text field of the active caption, with what can be done to it. It is the only field in the list, because thousands
 * of them would be too slow.
 */
import {
  IconArrowAutofitWidth,
  IconArrowMergeAltLeft,
  IconArrowsSplit2,
  IconArrowsVertical,
  IconItalic,
  IconMusic,
  IconTextWrap,
  IconUser,
} from "@tabler/icons-react";
import { memo, useLayoutEffect, useRef } from "react";
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import { ActionIconButton } from "../../actions/action-icon.tsx";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { countLine } from "./line-counts.ts";
import classes from "./list.module.css";

const tools = [
  ["split", IconArrowsSplit2],
  ["merge-previous", IconArrowMergeAltLeft],
  ["merge", IconArrowAutofitWidth],
  ["balance", IconTextWrap],
  ["toggle-position", IconArrowsVertical],
  ["italic", IconItalic],
  ["labels", IconMusic],
  ["speakers", IconUser],
] as const;

/** Not drawn again at every key: tooltips take longer than the text. */
const Tools = memo(function Tools() {
  return (
    <div className={classes.tools} role="toolbar" aria-label={texts.editor.tools}>
      {tools.map(([action, icon]) => (
        <ActionIconButton key={action} action={action} icon={icon} mode="type" size={26} keepsFocus />
      ))}
    </div>
  );
});

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
  const { maxLineLength } = session.meeting.profile.cues;
  return (
    <>
      <div className={classes.boxFrame}>
        <textarea
          ref={box}
          className={classes.box}
          aria-label={texts.editor.text}
          defaultValue={cue.lines.join("\n")}
          // A line that is too long goes on to the right: where it is wrapped, it looks as if it were two.
          wrap="off"
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
        <div className={classes.counts} aria-hidden>
          {cue.lines.map((line, index) => {
            const { text, state } = countLine(line, maxLineLength);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity other than their position
              <span key={index} data-count-state={state}>
                {text}
              </span>
            );
          })}
        </div>
      </div>
      <Tools />
    </>
  );
}
