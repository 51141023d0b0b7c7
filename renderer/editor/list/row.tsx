/** One caption of the list; it rerenders only when its own caption changes. */
import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { memo, type Ref } from "react";
import { charactersPerSecond, isTooFast } from "../../../electron/captions/quality/rules/timing.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorContext, useEditorSession } from "../context.ts";
import { formatTime } from "../format-time.ts";
import { cellRole, cueRowId, rowRole } from "../grid-roles.ts";
import { initials } from "../initials.ts";
import { SeverityIcon } from "../severity-icon.tsx";
import { findSpeakerColor } from "../speaker-colors.ts";
import { Suggestions } from "../suggestions.tsx";
import { CaptionText } from "./caption-text.tsx";
import classes from "./list.module.css";
import { isNamed } from "./row-height.ts";
import { TextBox } from "./text-box.tsx";

/** The issues of a caption in words, and how grave the gravest is. */
export interface RowIssues {
  readonly worst: "error" | "warning";
  readonly text: string;
}

interface RowProps {
  /** Index of the caption. */
  readonly index: number;
  /** Row of the list, from 0. */
  readonly row: number;
  readonly top: number;
  readonly issues: RowIssues | undefined;
  readonly measure: Ref<HTMLDivElement>;
}

/** Counted by the benchmark: a keystroke must rerender only the row that it changes. */
const draws = { count: 0 };
(globalThis as { editorRowDraws?: typeof draws }).editorRowDraws = draws;

function IssueIcon({ issues: { worst, text } }: { readonly issues: RowIssues }) {
  return (
    <span title={text}>
      <SeverityIcon severity={worst} />
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  );
}

function CommentButton({ count, cue }: { readonly count: number; readonly cue: number }) {
  const { session, openSidePanel } = useEditorContext();
  const label = texts.editor.comments.open(count);
  return (
    <UnstyledButton
      title={label}
      aria-label={label}
      className={classes.comment}
      onClick={() => {
        session.activate(cue);
        openSidePanel("comments");
      }}
    >
      <IconMessage size={15} aria-hidden />
    </UnstyledButton>
  );
}

interface SpeedProps {
  readonly seconds: number;
  readonly speed: number;
  readonly maxSpeed: number;
}

/** How long a caption stays, and how much of the speed that one can read at it takes. */
function Speed({ seconds, speed, maxSpeed }: SpeedProps) {
  const isFast = isTooFast(speed, maxSpeed);
  return (
    <span
      {...cellRole}
      className={`${classes.speed} ${isFast ? classes.fast : ""}`}
      title={texts.editor.speed(speed, maxSpeed)}
    >
      {texts.editor.length(seconds)}
      {isFast ? `\n${texts.editor.tooFast(speed)}` : null}
      {isFast ? null : (
        <span className={classes.speedBar}>
          <span style={{ inlineSize: `${Math.min(1, speed / maxSpeed) * 100}%` }} />
        </span>
      )}
    </span>
  );
}

export const Row = memo(function Row({ index, row, top, issues, measure }: RowProps) {
  draws.count++;
  const session = useEditorSession();
  const cue = useEditor(({ document }) => document.cues[index]);
  const isFirstOfSpeaker = useEditor(({ document }) => {
    const own = document.cues[index];
    return own !== undefined && isNamed(own, document.cues[index - 1]);
  });
  const speakerColor = useEditor(({ document, speakers }) => findSpeakerColor(speakers, document.cues[index]?.speaker));
  const isActive = useEditor(({ document, activeCueId }) => document.cues[index]?.id === activeCueId);
  const isSelected = useEditor(({ document, selectedIds }) => selectedIds.has(document.cues[index]?.id ?? 0));
  const isTyping = useEditor(
    ({ document, activeCueId, mode }) => mode === "type" && document.cues[index]?.id === activeCueId,
  );
  const currentWord = useEditor((state) =>
    state.document.cues[index]?.id === state.activeCueId ? state.wordIndex : null,
  );
  const comments = useEditor(({ document, openComments }) => openComments.get(document.cues[index]?.id ?? 0) ?? 0);
  const others = useEditor(({ document, present }) =>
    present.flatMap(({ name, cue: at }) => (at !== null && at === document.cues[index]?.id ? name : [])).join(", "),
  );
  useEditor(({ marksVersion }) => marksVersion);
  if (cue === undefined) return null;
  const { maxCharactersPerSecond, maxLineLength } = session.meeting.profile.cues;
  return (
    <div
      ref={measure}
      id={cueRowId(cue.id)}
      className={classes.row}
      {...rowRole(row, isActive)}
      data-row={row}
      data-index={index}
      data-chosen={isSelected || undefined}
      data-reviewed={cue.reviewed || undefined}
      style={{ top }}
    >
      <span {...cellRole} className={classes.number}>
        {index + 1}
        {cue.reviewed ? <VisuallyHidden>{texts.editor.accepted}</VisuallyHidden> : null}
      </span>
      <span {...cellRole} className={classes.times}>{`${formatTime(cue.startMs)}\n${formatTime(cue.endMs)}`}</span>
      <Speed
        seconds={(cue.endMs - cue.startMs) / 1000}
        speed={charactersPerSecond({ cue })}
        maxSpeed={maxCharactersPerSecond}
      />
      <div
        {...cellRole}
        className={classes.text}
        data-speaker={speakerColor}
        data-top={cue.edge === "top" || undefined}
      >
        {isFirstOfSpeaker ? <span className={classes.speaker}>{cue.speaker}</span> : null}
        {isTyping ? (
          <TextBox key={cue.id} cue={cue} />
        ) : (
          <CaptionText
            cue={cue}
            marked={session.transcript.marked(cue)}
            currentWord={currentWord}
            columns={maxLineLength}
            showsCounts={isActive}
          />
        )}
        {currentWord === null ? null : <Suggestions />}
      </div>
      <span {...cellRole} className={classes.issues}>
        {issues === undefined ? null : <IssueIcon issues={issues} />}
        {comments === 0 ? null : <CommentButton count={comments} cue={cue.id} />}
        {others === "" ? null : (
          <span className={classes.other} title={others}>
            <span aria-hidden>{initials(others)}</span>
            <VisuallyHidden>{others}</VisuallyHidden>
          </span>
        )}
      </span>
    </div>
  );
});
