/** The editor's status bar: save state, progress, quality score and working time. */
import { VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { hourMs } from "../../electron/captions/time/durations.ts";
import { texts } from "../texts/en.ts";
import { duration, score } from "../ui/format.ts";
import { useEditor, useEditorSession, usePlayhead } from "./context.ts";
import classes from "./editor.module.css";
import { formatTime } from "./format-time.ts";
import { Hearings } from "./hearings.tsx";

const t = texts.editor.status;

function Saved() {
  const save = useEditor((state) => state.save);
  const savedAt = useEditor((state) => state.savedAt);
  const isWriter = useEditor((state) => state.isWriter);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 5_000);
    return () => window.clearInterval(timer);
  }, []);
  const kept = savedAt === null ? t.kept : t.keptAgo(Math.max(0, Math.round((now - savedAt) / 1000)));
  const shown = !isWriter ? t.readOnly : save === "kept" ? kept : t[save];
  return (
    <span data-state={save} data-testid="saved">
      {shown}
      {/* Announced only when the state changes, not every second. */}
      <VisuallyHidden role="status">{isWriter ? t[save] : t.readOnly}</VisuallyHidden>
    </span>
  );
}

export function StatusBar() {
  const session = useEditorSession();
  const seq = useEditor((state) => state.seq);
  const all = useEditor(({ document }) => document.cues.length);
  const done = useEditor(({ document }) => document.cues.reduce((sum, { reviewed }) => sum + (reviewed ? 1 : 0), 0));
  const quality = useEditor((state) => state.score);
  const errors = useEditor(({ issues }) => issues.filter(({ severity }) => severity === "error").length);
  const warnings = useEditor(({ issues }) => issues.length);
  const workedMs = useEditor((state) => state.workedMs);
  const mode = useEditor((state) => state.mode);
  const ms = usePlayhead();
  const hours = session.meeting.durationMs / hourMs;
  const perHour = hours < 1 / 60 || workedMs < 1_000 ? "" : duration(workedMs / hours);
  return (
    <footer className={classes.status}>
      <Saved />
      <span>{t.edit(seq)}</span>
      <span data-testid="reviewed">{t.reviewed(done, all)}</span>
      {quality === null ? null : <span>{t.score(score(quality))}</span>}
      <span>{t.issues(errors, warnings - errors)}</span>
      <span>{t.worked(duration(workedMs), perHour)}</span>
      <Hearings />
      <span style={{ marginInlineStart: "auto" }}>{t.mode[mode]}</span>
      <span>
        {formatTime(ms)} · {t.rate(session.playback.rate)}
      </span>
    </footer>
  );
}
