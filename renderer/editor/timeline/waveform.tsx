/** The waveform around the playhead with its captions: seek, drag edges, draw new captions. */
import { Text, useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";
import { texts } from "../../texts/en.ts";
import { listGaps } from "../actions/gap-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { drawWave } from "./draw.ts";
import { loadPeaks, type Peaks } from "./peaks.ts";
import { snapped, within } from "./snap.ts";

/** Maximum distance in pixels at which a click hits an edge. */
const edgePixels = 6;
/** A drag shorter than this, in pixels, is a click. */
const clickPixels = 4;

interface Drag {
  readonly kind: "start" | "end" | "new";
  readonly cue: EditCue | undefined;
  readonly fromX: number;
  readonly fromMs: number;
  startMs: number;
  endMs: number;
}

export function Waveform({ spanMs }: { readonly spanMs: number }) {
  const session = useEditorSession();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const [peaks, setPeaks] = useState<Peaks | "loading" | undefined>("loading");
  const cues = useEditor(({ document }) => document.cues);
  const marks = useEditor(({ document }) => document.marks);
  const issues = useEditor((state) => state.issues);
  const active = useEditor((state) => state.activeCueId);
  const scheme = useComputedColorScheme();
  const drag = useRef<Drag>(undefined);
  const view = useRef({ fromMs: 0, spanMs });
  const redraw = useRef<() => void>(() => undefined);
  useEffect(() => {
    void loadPeaks(session.meeting.recordingId).then(setPeaks);
  }, [session]);
  redraw.current = () => {
    const target = canvas.current;
    const box = frame.current;
    if (target === null || box === null) return;
    drawWave(target, box, {
      ...view.current,
      peaks: peaks === "loading" ? undefined : peaks,
      cues,
      active,
      drag: drag.current,
      marks,
      gaps: listGaps(issues),
    });
  };
  useEffect(() => {
    view.current = { ...view.current, spanMs };
    const { playback } = session;
    const place = (ms: number): void => {
      const box = frame.current;
      if (box === null) return;
      const { fromMs, spanMs: span } = view.current;
      // Scroll and redraw only when the playhead has nearly left the visible part.
      if (ms < fromMs || ms > fromMs + span * 0.9) {
        view.current = { fromMs: Math.max(0, ms - span * 0.3), spanMs: span };
        redraw.current();
      }
      const x = ((ms - view.current.fromMs) / span) * box.clientWidth;
      if (playhead.current !== null) playhead.current.style.transform = `translateX(${x}px)`;
    };
    place(playback.ms);
    const observer = new ResizeObserver(() => {
      redraw.current();
      place(playback.ms);
    });
    if (frame.current !== null) observer.observe(frame.current);
    const end = playback.listen(place);
    return () => {
      end();
      observer.disconnect();
    };
  }, [session, spanMs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: redrawn whenever anything that it shows changes
  useEffect(() => redraw.current(), [cues, marks, issues, active, peaks, spanMs, scheme]);

  const msAt = (event: React.PointerEvent): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return view.current.fromMs + ((event.clientX - left) / width) * view.current.spanMs;
  };
  const msPerPixel = (): number => view.current.spanMs / Math.max(1, frame.current?.clientWidth ?? 1);
  const edgeAt = (ms: number): { cue: EditCue; kind: "start" | "end" } | undefined => {
    const reach = edgePixels * msPerPixel();
    const at = indexAt(cues, ms);
    const near = [cues[at], cues[at + 1]].filter((cue) => cue !== undefined);
    // Prefer the active caption's edges to those of its neighbors.
    for (const cue of near.toSorted((a, b) => Number(b.id === active) - Number(a.id === active))) {
      if (Math.abs(cue.endMs - ms) <= reach) return { cue, kind: "end" };
      if (Math.abs(cue.startMs - ms) <= reach) return { cue, kind: "start" };
    }
    return undefined;
  };
  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const ms = msAt(event);
    const edge = edgeAt(ms);
    event.currentTarget.setPointerCapture(event.pointerId);
    const inside = cues[indexAt(cues, ms)];
    const isEmpty = inside === undefined || inside.endMs < ms;
    drag.current = {
      kind: edge?.kind ?? "new",
      cue: edge?.cue ?? (isEmpty ? undefined : inside),
      fromX: event.clientX,
      fromMs: ms,
      startMs: edge?.cue.startMs ?? ms,
      endMs: edge?.cue.endMs ?? ms,
    };
  };
  const onPointerMove = (event: React.PointerEvent<HTMLDivElement>): void => {
    const ms = msAt(event);
    const current = drag.current;
    if (current === undefined) {
      event.currentTarget.style.cursor = edgeAt(ms) === undefined ? "default" : "ew-resize";
      return;
    }
    const { minGapMs } = session.meeting.profile.cues;
    const at =
      current.cue === undefined ? indexAt(cues, current.fromMs) : cues.findIndex(({ id }) => id === current.cue?.id);
    const [previous, next] = current.cue === undefined ? [cues[at], cues[at + 1]] : [cues[at - 1], cues[at + 1]];
    const neighbours = [previous, next].filter((cue) => cue !== undefined);
    const facts = { neighbours, silences: session.transcript.silences, minGapMs, msPerPixel: msPerPixel() };
    const held = event.shiftKey ? ms : snapped(ms, facts);
    const [lowest, highest] = [previous?.endMs ?? 0, next?.startMs ?? session.meeting.durationMs];
    if (current.kind === "start") current.startMs = within(held, lowest, current.endMs - 40);
    else if (current.kind === "end") current.endMs = within(held, current.startMs + 40, highest);
    else if (current.cue === undefined) {
      current.startMs = within(Math.min(current.fromMs, held), lowest, highest);
      current.endMs = within(Math.max(current.fromMs, held), lowest, highest);
    }
    redraw.current();
  };
  const onPointerUp = (event: React.PointerEvent<HTMLDivElement>): void => {
    const current = drag.current;
    drag.current = undefined;
    if (current === undefined) return;
    const isClick = Math.abs(event.clientX - current.fromX) < clickPixels;
    if (current.kind !== "new" && current.cue !== undefined && !isClick) {
      session.edit(
        { type: "time", cue: current.cue.id, startMs: current.startMs, endMs: current.endMs },
        { activeCueId: current.cue.id },
      );
    } else if (
      current.kind === "new" &&
      current.cue === undefined &&
      !isClick &&
      current.endMs - current.startMs >= 200
    ) {
      const id = session.document.nextId;
      const { startMs, endMs } = current;
      session.edit({ type: "insert", startMs, endMs, lines: [""] }, { activeCueId: id, mode: "type", caret: 0 });
    } else session.playback.seek(msAt(event));
    redraw.current();
  };
  return (
    <div
      ref={frame}
      className={classes.wave}
      role="img"
      aria-label={texts.editor.wave.label}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onDoubleClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        const ms = view.current.fromMs + ((event.clientX - left) / width) * view.current.spanMs;
        const cue = cues[indexAt(cues, ms)];
        if (cue !== undefined) session.activate(cue.id);
      }}
    >
      <canvas ref={canvas} />
      <div ref={playhead} className={classes.playhead} />
      {peaks === undefined ? (
        <Text className={classes.small} p="xs" style={{ position: "absolute", bottom: 0 }}>
          {texts.editor.wave.missing}
        </Text>
      ) : null}
    </div>
  );
}
