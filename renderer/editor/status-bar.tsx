/** The editor's status bar: what the keys do just now, quality score and working time. */
import { hourMs } from "../../electron/captions/time/durations.ts";
import { useAction } from "../actions/context.ts";
import { formatFirstKey } from "../actions/keymap.ts";
import type { ActionId } from "../actions/registry.ts";
import { texts } from "../texts/en.ts";
import { duration, score } from "../ui/format.ts";
import { useEditor, useEditorSession } from "./context.ts";
import classes from "./editor.module.css";
import { Hearings } from "./hearings.tsx";

const t = texts.editor.status;

/** What one does most, in each mode and place. */
const hints = {
  review: ["replay", "accept", "type", "next-suspicion", "next-issue", "shortcuts"],
  gap: ["fill-gap", "hear-again", "no-speech", "next-gap"],
  type: ["leave", "accept", "split", "merge", "play"],
} as const satisfies Readonly<Record<string, readonly ActionId[]>>;

interface HintProps {
  readonly id: ActionId;
  readonly mode: "review" | "type";
}

function Hint({ id, mode }: HintProps) {
  const { action, isPossible } = useAction(id);
  const key = formatFirstKey(action, mode);
  if (!isPossible || key === undefined) return null;
  return (
    <span className={classes.hint}>
      <kbd>{key}</kbd> {action.label ?? action.title}
    </span>
  );
}

export function StatusBar() {
  const session = useEditorSession();
  const quality = useEditor((state) => state.score);
  const workedMs = useEditor((state) => state.workedMs);
  const mode = useEditor((state) => state.mode);
  const acceptsPlayed = useEditor((state) => state.acceptsPlayed);
  const isAtGap = useEditor(({ activeGap }) => activeGap !== null);
  const hours = session.meeting.durationMs / hourMs;
  const perHour = hours < 1 / 60 || workedMs < 1_000 ? "" : duration(workedMs / hours);
  return (
    <footer className={classes.status}>
      <span className={classes.mode} data-mode={mode}>
        {t.mode[mode]}
      </span>
      {hints[mode === "review" && isAtGap ? "gap" : mode].map((id) => (
        <Hint key={id} id={id} mode={mode} />
      ))}
      <span className={classes.statusEnd}>
        {acceptsPlayed ? <span className={classes.accepting}>{t.acceptsPlayed}</span> : null}
        <Hearings />
        {quality === null ? null : <span>{t.score(score(quality))}</span>}
        {workedMs < 60_000 ? null : <span>{t.worked(duration(workedMs), perHour)}</span>}
      </span>
    </footer>
  );
}
