/** The virtualized list of all captions. All rows have the same height, so that scrolling to a caption is exact. */
import { Button } from "@mantine/core";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { indexAt } from "../../../electron/captions/editing/document.ts";
import { texts } from "../../texts/en.ts";
import { notifyRefused } from "../../ui/notify.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { indexOfCue } from "../session/state.ts";
import { gridRole, groupRole } from "./roles.ts";
import { Row, rowHeight } from "./row.tsx";

/** The highest severity of the issues of each caption. */
function useWorst(): ReadonlyMap<number, "error" | "warning"> {
  const issues = useEditor((state) => state.issues);
  return useMemo(() => {
    const worst = new Map<number, "error" | "warning">();
    for (const { cue, severity } of issues) {
      if (cue !== undefined && worst.get(cue) !== "error") worst.set(cue, severity);
    }
    return worst;
  }, [issues]);
}

export function CueList() {
  const session = useEditorSession();
  const count = useEditor(({ document }) => document.cues.length);
  const active = useEditor((state) => state.activeCueId);
  const activeIndex = useEditor((state) => indexOfCue(state, state.activeCueId));
  const followsVideo = useEditor((state) => state.followsVideo);
  const worst = useWorst();
  const scroller = useRef<HTMLDivElement>(null);
  /** The person has scrolled by hand: the list stays there until they ask to return. */
  const [isAway, setIsAway] = useState(false);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: session.firstRow * rowHeight,
    // Keep the row being edited mounted, so that its caret survives however far the person has scrolled away.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return activeIndex < 0 || seen.includes(activeIndex) ? seen : [...seen, activeIndex].toSorted((a, b) => a - b);
    },
  });
  session.firstRow = Math.max(0, Math.floor((rows.scrollOffset ?? 0) / rowHeight));
  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: "auto" });
    setIsAway(false);
  }, [activeIndex, rows]);
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
      rows.scrollToIndex(Math.max(0, index), { align: "center" });
      const cue = session.document.cues[index];
      if (cue !== undefined) session.store.setState({ activeCueId: cue.id, wordIndex: null, selectedIds: new Set() });
    });
  }, [session, rows, isAway]);
  const select = (event: React.MouseEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    if (row === null || (event.target as HTMLElement).tagName === "TEXTAREA") return;
    const index = Number(row.dataset.index);
    const cue = session.document.cues[index];
    if (cue === undefined) return;
    if (event.shiftKey && activeIndex >= 0) {
      const [first, last] = [Math.min(index, activeIndex), Math.max(index, activeIndex)];
      const selectedIds = new Set(session.document.cues.slice(first, last + 1).map(({ id }) => id));
      session.store.setState({ selectedIds });
    } else if (event.ctrlKey || event.metaKey) {
      const selectedIds = new Set(session.state.selectedIds);
      if (!selectedIds.delete(cue.id)) selectedIds.add(cue.id);
      session.store.setState({ selectedIds });
    } else session.activate(cue.id, { mode: "review" });
    scroller.current?.focus({ preventScroll: true });
  };
  return (
    <div className={classes.list}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its role comes with gridRole; the editor handles keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        ref={scroller}
        className={classes.scroller}
        {...gridRole(texts.editor.list, count, active)}
        data-editor-list
        onClick={select}
        onDoubleClick={() => {
          if (!session.state.isWriter) notifyRefused(texts.editor.readOnly);
          else if (session.state.mode === "review") session.store.setState({ mode: "type", caret: null });
        }}
        onWheel={() => session.playback.isPlaying && setIsAway(true)}
      >
        <div {...groupRole} style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map(({ index, start }) => (
            <Row key={index} index={index} top={start} worst={worst.get(index)} />
          ))}
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
