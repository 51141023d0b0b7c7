/** The timeline: captions, speakers and sound around the playhead, over the full width; captions are edited on it. */
import { Text, useComputedColorScheme } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Change } from "../../../electron/captions/editing/change.ts";
import { texts } from "../../texts/en.ts";
import { listGaps } from "../actions/gap-commands.ts";
import { useEditor, useEditorContext, useEditorSession } from "../context.ts";
import { keepsFields } from "../session/kept-captions.ts";
import { type Palette, readPalette } from "./canvas.ts";
import { drawTimeline } from "./draw-timeline.ts";
import { HoverPicture, useHoverPlace } from "./hover-picture.tsx";
import { findLane } from "./lanes.ts";
import { loadPeaks, type Peaks } from "./peaks.ts";
import { usePictures } from "./pictures.ts";
import classes from "./timeline.module.css";
import { useGestures } from "./use-gestures.ts";

/** A jump of the playhead, in milliseconds; playing moves it less from frame to frame. */
const jumpMs = 1_000;

const noShots: readonly number[] = [];

/** Delay from the last letter until the timeline shows it, in milliseconds. */
const typingPauseMs = 200;

/** Texts of captions have changed, or whose they are, and not where they are. */
const isTimeless = (change: Change): boolean =>
  change.marks.length === 0 && change.cues.length > 0 && keepsFields(change, ["id", "startMs", "endMs"]);

/** The gravest issue of each caption, by its id. */
function useWorst(): ReadonlyMap<number, "error" | "warning"> {
  const session = useEditorSession();
  const issues = useEditor((state) => state.issues);
  return useMemo(() => {
    const worst = new Map<number, "error" | "warning">();
    for (const { cue, severity } of issues) {
      const id = cue === undefined ? undefined : session.document.cues[cue]?.id;
      if (id !== undefined && worst.get(id) !== "error") worst.set(id, severity);
    }
    return worst;
  }, [issues, session]);
}

export function Timeline() {
  const { session, timeline: view } = useEditorContext();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const [peaks, setPeaks] = useState<Peaks | "loading" | undefined>("loading");
  const marks = useEditor(({ document }) => document.marks);
  const issues = useEditor((state) => state.issues);
  const active = useEditor((state) => state.activeCueId);
  const selected = useEditor((state) => state.selectedIds);
  const scheme = useComputedColorScheme();
  const worst = useWorst();
  const gaps = useMemo(() => listGaps(issues), [issues]);
  const speakers = useEditor((state) => state.speakers);
  const shots = usePictures()?.shots ?? noShots;
  const hover = useHoverPlace();
  const palette = useRef<Palette>(undefined);
  const frameRequest = useRef(0);
  const draw = useRef<() => void>(() => undefined);
  /** However often something changes, it is drawn once a frame. */
  const requestDraw = (): void => {
    cancelAnimationFrame(frameRequest.current);
    frameRequest.current = requestAnimationFrame(() => draw.current());
  };
  const { picture, held, handlers } = useGestures(session, view, frame, shots, requestDraw);
  draw.current = () => {
    const [target, box] = [canvas.current, frame.current];
    if (target === null || box === null) return;
    palette.current ??= readPalette(box);
    drawTimeline(target, box, palette.current, {
      ...view.span,
      ...picture.current,
      peaks: peaks === "loading" ? undefined : peaks,
      cues: session.document.cues,
      active,
      selected,
      worst,
      marks,
      gaps,
      speakers,
      shots,
    });
  };
  useEffect(() => {
    void loadPeaks(session.meeting.recordingId).then(setPeaks);
  }, [session]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what draws is read when it is called
  useEffect(() => {
    const { playback } = session;
    /** The person has gone elsewhere: the view stays there until the playhead comes by, or jumps. */
    let isAway = false;
    let last = playback.ms;
    const place = (): void => {
      const width = frame.current?.clientWidth ?? 0;
      const x = ((playback.ms - view.span.fromMs) / view.span.spanMs) * width;
      if (playhead.current !== null) playhead.current.style.transform = `translateX(${x}px)`;
    };
    const follow = (ms: number): void => {
      if (Math.abs(ms - last) > jumpMs || view.contains(ms)) isAway = false;
      last = ms;
      // Under a pointer that drags, the view stays.
      if (!isAway && held.current === undefined) view.follow(ms);
      place();
    };
    view.follow(playback.ms);
    place();
    const endView = view.listen(() => {
      isAway = !view.contains(playback.ms);
      // Another place is under the pointer by now.
      hover.hide();
      place();
      requestDraw();
    });
    const endPlayback = playback.listen(follow);
    let pause: number | undefined;
    // Without React. What is typed is seen in the list: here it is drawn when the keys are quiet.
    const endEdits = session.onChange((change) => {
      window.clearTimeout(pause);
      if (isTimeless(change)) pause = window.setTimeout(requestDraw, typingPauseMs);
      else requestDraw();
    });
    const observer = new ResizeObserver(() => {
      draw.current();
      place();
    });
    if (frame.current !== null) observer.observe(frame.current);
    return () => {
      endView();
      endPlayback();
      endEdits();
      window.clearTimeout(pause);
      observer.disconnect();
      cancelAnimationFrame(frameRequest.current);
    };
  }, [session, view, hover]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colors are others in another scheme
  useEffect(() => {
    palette.current = undefined;
  }, [scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: redrawn whenever anything that it shows changes
  useEffect(requestDraw, [marks, gaps, worst, active, selected, peaks, speakers, shots, scheme]);
  /** Over the ruler: below it, a picture would be in the way of what is edited. */
  const showPicture = (event: React.PointerEvent<HTMLDivElement>): void => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const ms = view.span.fromMs + ((event.clientX - left) / width) * view.span.spanMs;
    hover.show(event.clientX, findLane(event.clientY - top) === "ruler" ? ms : undefined);
  };
  return (
    <div
      ref={frame}
      className={classes.timeline}
      role="img"
      aria-label={texts.editor.wave.label}
      {...handlers}
      onPointerMove={(event) => {
        handlers.onPointerMove(event);
        showPicture(event);
      }}
      onPointerLeave={hover.hide}
    >
      <canvas ref={canvas} />
      <div ref={playhead} className={classes.playhead} />
      <HoverPicture hover={hover} frame={frame} durationMs={session.meeting.durationMs} />
      {peaks === undefined ? (
        <Text className={classes.missing} size="xs" p="xs">
          {texts.editor.wave.missing}
        </Text>
      ) : null}
    </div>
  );
}
