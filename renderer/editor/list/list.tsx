/** The virtualized list of all captions, with the speech that has none and the agenda items between them. */
import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { indexAt } from "../../../electron/captions/editing/document.ts";
import { texts } from "../../texts/en.ts";
import { notifyRefused } from "../../ui/notify.ts";
import { listIds } from "../actions/selection-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { cueRowId, gridRole, groupRole } from "../grid-roles.ts";
import { indexOfCue } from "../session/state.ts";
import { ChapterRow, GapRow } from "./between-rows.tsx";
import { findCaret } from "./caption-text.tsx";
import { GridHeader } from "./grid-header.tsx";
import classes from "./list.module.css";
import { Row, type RowIssues } from "./row.tsx";
import { useRows } from "./use-rows.ts";

/** The issues of each caption that has any, by its index. */
function useRowIssues(): ReadonlyMap<number, RowIssues> {
  const issues = useEditor((state) => state.issues);
  return useMemo(() => {
    const found = new Map<number, RowIssues>();
    for (const { cue, severity, message } of issues) {
      if (cue === undefined) continue;
      const before = found.get(cue);
      const worst = before?.worst === "error" || severity === "error" ? "error" : "warning";
      found.set(cue, { worst, text: before === undefined ? message : `${before.text}\n${message}` });
    }
    return found;
  }, [issues]);
}

/** The same object as long as its content is the same: the row of a caption is drawn again only where it changes. */
function useStableIssues(): (index: number) => RowIssues | undefined {
  const issues = useRowIssues();
  const shown = useRef(new Map<number, RowIssues>());
  return (index) => {
    const found = issues.get(index);
    const before = shown.current.get(index);
    if (found !== undefined && before?.text === found.text && before.worst === found.worst) return before;
    if (found === undefined) shown.current.delete(index);
    else shown.current.set(index, found);
    return found;
  };
}

/** Shift adds all captions up to it, Ctrl this one; without them it becomes the active one. */
function selectCue(session: ReturnType<typeof useEditorSession>, index: number, event: React.MouseEvent): void {
  const { cues } = session.document;
  const cue = cues[index];
  if (cue === undefined) return;
  const { activeIndex } = session;
  if (event.shiftKey && activeIndex >= 0) {
    session.store.setState({ selectedIds: new Set(listIds(cues, index, activeIndex)) });
  } else if (event.ctrlKey || event.metaKey) {
    const selectedIds = new Set(session.state.selectedIds);
    if (!selectedIds.delete(cue.id)) selectedIds.add(cue.id);
    session.store.setState({ selectedIds });
  } else session.activate(cue.id, { mode: "review" });
}

export function CueList() {
  const session = useEditorSession();
  const active = useEditor((state) => state.activeCueId);
  const activeIndex = useEditor((state) => indexOfCue(state, state.activeCueId));
  const activeGap = useEditor((state) => state.activeGap);
  const followsVideo = useEditor((state) => state.followsVideo);
  const showsColumns = useEditor((state) => state.showsColumns);
  const findIssues = useStableIssues();
  const scroller = useRef<HTMLDivElement>(null);
  /** The person has scrolled by hand: the list stays there until they ask to return. */
  const [isAway, setIsAway] = useState(false);
  /** The active caption was pointed at: it does not move away under the pointer. */
  const isPointedAt = useRef(false);
  const { layout, rows, showCue, showGap } = useRows(scroller, activeIndex);
  useEffect(() => {
    const isPointed = isPointedAt.current;
    isPointedAt.current = false;
    if (activeIndex >= 0 && !isPointed) showCue(activeIndex);
    setIsAway(false);
  }, [activeIndex, showCue]);
  useEffect(() => {
    if (activeGap !== null) showGap(activeGap);
  }, [activeGap, showGap]);
  // Marks the row being spoken through the DOM, without a rerender.
  useEffect(() => {
    let playing = -1;
    const mark = (index: number, isPlaying: boolean): void => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
      if (row !== null && row !== undefined) row.toggleAttribute("data-playing", isPlaying);
    };
    return session.playback.listen((ms) => {
      const index = indexAt(session.document.cues, ms);
      if (index === playing) return;
      mark(playing, false);
      mark(index, true);
      playing = index;
      const { mode } = session.state;
      if (!session.playback.isPlaying || !session.state.followsVideo || isAway || mode === "type") return;
      // What somebody has selected is not taken out of their hands.
      if (session.state.selectedIds.size > 0) return;
      const cue = session.document.cues[index];
      if (cue !== undefined) session.store.setState({ activeCueId: cue.id, activeGap: null, wordIndex: null });
    });
  }, [session, isAway]);
  const onClick = (event: React.MouseEvent): void => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>("[data-row]");
    if (row === null || target.closest("textarea, button") !== null) return;
    const at = layout.at(Number(row.dataset.row));
    if (at.kind === "gap") session.goToGap(at.gap);
    if (at.kind !== "cue") return;
    const { index } = at;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
    isPointedAt.current = isPlain && index !== activeIndex;
    selectCue(session, index, event);
    scroller.current?.focus({ preventScroll: true });
  };
  const onDoubleClick = (event: React.MouseEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    if (row === null || (event.target as HTMLElement).closest("textarea, button") !== null) return;
    const cue = session.document.cues[Number(row.dataset.index)];
    if (cue === undefined || event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (!session.state.isWriter) notifyRefused(texts.editor.readOnly);
    else session.activate(cue.id, { mode: "type", caret: findCaret(row, event.clientX, event.clientY) });
  };
  return (
    <div className={classes.list}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its role comes with gridRole; the editor handles keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        ref={scroller}
        className={classes.scroller}
        {...gridRole(texts.editor.list, layout.count, active === null ? null : cueRowId(active))}
        data-editor-list
        data-columns={showsColumns || undefined}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onWheel={() => session.playback.isPlaying && setIsAway(true)}
      >
        <GridHeader columns={texts.editor.columns} />
        <div {...groupRole} style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map(({ index: row, key, start }) => {
            const at = layout.at(row);
            const place = { row, top: start, measure: rows.measureElement };
            if (at.kind === "gap") return <GapRow key={key} {...place} gap={at.gap} />;
            if (at.kind === "chapter") return <ChapterRow key={key} {...place} mark={at.mark} />;
            return <Row key={key} {...place} index={at.index} issues={findIssues(at.index)} />;
          })}
        </div>
      </div>
      {isAway && followsVideo ? (
        <Button className={classes.chip} size="compact-sm" radius="xl" onClick={() => setIsAway(false)}>
          {texts.editor.backToPlayhead}
        </Button>
      ) : null}
    </div>
  );
}
