/** The overview of the whole meeting in one strip: accepted captions, suspicions, issues and the playhead. */
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorContext } from "../context.ts";
import { formatTime } from "../format-time.ts";
import { readPalette } from "./canvas.ts";
import { drawOverview } from "./draw-overview.ts";
import { HoverPicture, useHoverPlace } from "./hover-picture.tsx";
import classes from "./timeline.module.css";

/** Delay from the last edit until it is redrawn, in milliseconds. */
const pauseMs = 250;
const stretches = 400;

export function Overview() {
  const { session, timeline: view } = useEditorContext();
  const scheme = useComputedColorScheme();
  const hover = useHoverPlace();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  /** The part that the timeline shows. */
  const shown = useRef<HTMLDivElement>(null);
  const cues = useEditor(({ document }) => document.cues);
  const marks = useEditor(({ document }) => document.marks);
  const issues = useEditor((state) => state.issues);
  const marksVersion = useEditor((state) => state.marksVersion);
  const { durationMs } = session.meeting;
  const draw = useRef<() => void>(() => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the word marks have no identity to depend on
  useEffect(() => {
    draw.current = (): void => {
      const [target, box] = [canvas.current, frame.current];
      if (target === null || box === null) return;
      const isReviewed = (ms: number): boolean => (cues[indexAt(cues, ms)] as EditCue | undefined)?.reviewed === true;
      const heat = session.transcript.heat(durationMs, stretches, isReviewed);
      drawOverview(target, box, readPalette(box), { durationMs, cues, issues, marks, heat });
    };
    const timer = window.setTimeout(() => draw.current(), pauseMs);
    return () => window.clearTimeout(timer);
  }, [session, cues, marks, issues, durationMs, marksVersion, scheme]);
  // One observer for all: a new one calls at once, and the whole meeting would be drawn at every key.
  useEffect(() => {
    const observer = new ResizeObserver(() => draw.current());
    if (frame.current !== null) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const place = (ms: number): void => {
      const width = frame.current?.clientWidth ?? 0;
      if (playhead.current !== null) playhead.current.style.transform = `translateX(${(ms / durationMs) * width}px)`;
    };
    place(session.playback.ms);
    return session.playback.listen(place);
  }, [session, durationMs]);
  useEffect(() => {
    const place = (): void => {
      if (shown.current === null) return;
      const { fromMs, spanMs } = view.span;
      shown.current.style.left = `${(fromMs / durationMs) * 100}%`;
      shown.current.style.width = `${(spanMs / durationMs) * 100}%`;
    };
    place();
    return view.listen(place);
  }, [view, durationMs]);
  /** Moves the timeline's view along as long as its handle is held. */
  const dragView = (event: React.PointerEvent<HTMLDivElement>): void => {
    if ((event.buttons & 1) === 0) return;
    const { left, width } = (event.currentTarget.parentElement ?? event.currentTarget).getBoundingClientRect();
    view.center(((event.clientX - left) / width) * durationMs);
  };
  const seek = (ms: number): void => {
    session.playback.seek(ms);
    const cue = session.cueAtPlayhead() ?? session.document.cues[0];
    if (cue !== undefined) {
      session.store.setState({
        activeCueId: cue.id,
        activeGap: null,
        wordIndex: null,
        anchorId: null,
        selectedIds: new Set(),
      });
    }
  };
  return (
    <div
      ref={frame}
      className={classes.overview}
      role="slider"
      tabIndex={0}
      aria-label={texts.editor.wave.overview}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(session.playback.ms / 1000)}
      aria-valuetext={formatTime(session.playback.ms)}
      onClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        seek(((event.clientX - left) / width) * durationMs);
      }}
      onPointerMove={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        hover.show(event.clientX, ((event.clientX - left) / width) * durationMs);
      }}
      onPointerLeave={hover.hide}
      onKeyDown={(event) => {
        const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        event.stopPropagation();
        seek(Math.min(durationMs, Math.max(0, session.playback.ms + (step * durationMs) / 50)));
      }}
    >
      <canvas ref={canvas} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the strip itself is moved by keys */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        ref={shown}
        className={classes.shown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={dragView}
        onClick={(event) => event.stopPropagation()}
      />
      <div ref={playhead} className={classes.playhead} />
      <HoverPicture hover={hover} frame={frame} durationMs={durationMs} />
    </div>
  );
}
