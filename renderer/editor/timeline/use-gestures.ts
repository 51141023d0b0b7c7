/** What the pointer and the wheel do on the timeline. */
import { type RefObject, useEffect, useRef } from "react";
import { type EditCue, indexAt, type Mark } from "../../../electron/captions/editing/document.ts";
import { during } from "../../../electron/captions/time/span.ts";
import { insertCue } from "../actions/cue-commands.ts";
import type { EditorSession } from "../session/session.ts";
import { dragChapter, findChapter } from "./chapter-grips.ts";
import { type DragPicture, nothingDragged } from "./drag-picture.ts";
import { dragGrip, findGrip, type Grip } from "./grips.ts";
import { findLane, type Lane } from "./lanes.ts";
import { snapped } from "./snap.ts";
import { dragSpeakerBorder, findSpeakerBorder } from "./speaker-grips.ts";
import type { TimelineView } from "./timeline-view.ts";

/** A drag shorter than this, in pixels, is a click. */
const clickPixels = 4;
/** Maximum distance in pixels at which the border between two speakers is hit. */
const borderPixels = 8;
/** A shorter stretch is no caption, in milliseconds. */
const minNewMs = 200;
/** How much a step of the wheel zooms. */
const wheelFactor = 1.002;

type Gesture =
  | { readonly kind: "scrub" }
  | { readonly kind: "pan"; readonly fromX: number; readonly fromMs: number }
  | { readonly kind: "grip"; readonly grip: Grip }
  /** The border between two who speak: index of the first caption after it. */
  | { readonly kind: "speaker"; readonly border: number }
  | { readonly kind: "chapter"; readonly mark: Mark }
  | { readonly kind: "new" | "select" };

interface Held {
  readonly gesture: Gesture;
  readonly lane: Lane;
  readonly x: number;
  readonly ms: number;
  isMoved: boolean;
}

/**
 * @param shots first frames of shots, in milliseconds, ascending
 * @param onDraw called whenever the drag has moved something
 */
export function useGestures(
  session: EditorSession,
  view: TimelineView,
  frame: RefObject<HTMLDivElement | null>,
  shots: readonly number[],
  onDraw: () => void,
) {
  const picture = useRef<DragPicture>(nothingDragged);
  const held = useRef<Held>(undefined);
  /** The caption under the pointer when it was last pressed. */
  const hit = useRef<number>(undefined);
  const draw = useRef(onDraw);
  draw.current = onDraw;

  const msPerPixel = (): number => view.span.spanMs / Math.max(1, frame.current?.clientWidth ?? 1);
  const toMs = (clientX: number): number =>
    view.span.fromMs + (clientX - (frame.current?.getBoundingClientRect().left ?? 0)) * msPerPixel();
  /** A place in the recording, wherever the pointer is. */
  const toPlace = (clientX: number): number => Math.min(session.meeting.durationMs, Math.max(0, toMs(clientX)));
  const toLane = (clientY: number): Lane => findLane(clientY - (frame.current?.getBoundingClientRect().top ?? 0));

  /** The caption that is shown at a time. */
  const findCue = (ms: number): EditCue | undefined => {
    const cue = session.document.cues[indexAt(session.document.cues, ms)];
    return cue !== undefined && ms < cue.endMs ? cue : undefined;
  };

  const toSnap = (event: { readonly altKey: boolean }, around: readonly number[]): ((ms: number) => number) => {
    if (event.altKey || !session.state.snaps) return Math.round;
    const { cues } = session.document;
    const facts = {
      neighbors: around.flatMap((index) => cues[index] ?? []),
      silences: session.transcript.silences,
      words: session.transcript.words,
      shots,
      playheadMs: session.playback.ms,
      minGapMs: session.meeting.profile.cues.minGapMs,
      msPerPixel: msPerPixel(),
    };
    return (ms) => snapped(ms, facts);
  };

  const findGripAt = (event: React.MouseEvent): Grip | undefined =>
    findGrip(session.document.cues, toMs(event.clientX), {
      msPerPixel: msPerPixel(),
      active: session.activeIndex,
      closeGapMs: session.meeting.profile.cues.closeGapMs,
      isSingle: event.ctrlKey || event.metaKey,
      isOnCaption: toLane(event.clientY) === "captions",
      isRipple: event.shiftKey,
    });

  const findBorderAt = (event: React.MouseEvent): number | undefined =>
    toLane(event.clientY) === "speakers" && session.state.isWriter
      ? findSpeakerBorder(session.document.cues, toMs(event.clientX), borderPixels * msPerPixel())
      : undefined;

  const findChapterAt = (event: React.MouseEvent): Mark | undefined =>
    toLane(event.clientY) === "ruler" && session.state.isWriter
      ? findChapter(session.document.marks, toMs(event.clientX), msPerPixel())
      : undefined;

  const begin = (event: React.PointerEvent, lane: Lane): Gesture => {
    if (event.button === 1) return { kind: "pan", fromX: event.clientX, fromMs: view.span.fromMs };
    const chapter = findChapterAt(event);
    if (chapter !== undefined) return { kind: "chapter", mark: chapter };
    if (lane === "ruler") return { kind: "scrub" };
    const border = findBorderAt(event);
    if (border !== undefined) return { kind: "speaker", border };
    const grip = findGripAt(event);
    if (grip !== undefined && session.state.isWriter) return { kind: "grip", grip };
    return { kind: findCue(toMs(event.clientX)) === undefined && session.state.isWriter ? "new" : "select" };
  };

  const dragNow = (event: React.PointerEvent, { gesture, ms: fromMs }: Held): DragPicture => {
    const ms = toMs(event.clientX);
    const { cues } = session.document;
    const { durationMs } = session.meeting;
    if (gesture.kind === "chapter") {
      const facts = { cues, msPerPixel: msPerPixel(), durationMs };
      return { ...nothingDragged, chapter: dragChapter(gesture.mark, ms - fromMs, facts) };
    }
    if (gesture.kind === "speaker") return { ...nothingDragged, speaking: dragSpeakerBorder(cues, gesture.border, ms) };
    if (gesture.kind === "grip") {
      const { grip } = gesture;
      const around = grip.kind === "border" ? [grip.index + 2] : [grip.index - 1, grip.index + 1];
      const limits = { durationMs, snap: toSnap(event, around) };
      return { ...nothingDragged, dragged: dragGrip(cues, grip, ms - fromMs, limits) };
    }
    const [low, high] = [Math.min(ms, fromMs), Math.max(ms, fromMs)];
    if (gesture.kind === "select") return { ...nothingDragged, stretch: { kind: "select", startMs: low, endMs: high } };
    const at = indexAt(cues, fromMs);
    const snap = toSnap(event, [at, at + 1]);
    const lowest = cues[at]?.endMs ?? 0;
    const highest = cues[at + 1]?.startMs ?? durationMs;
    const within = (each: number): number => Math.round(Math.min(highest, Math.max(lowest, snap(each))));
    return { ...nothingDragged, stretch: { kind: "new", startMs: within(low), endMs: within(high) } };
  };

  /** Selects the captions of a stretch; the first of them becomes the active one. */
  const selectDuring = (startMs: number, endMs: number): void => {
    const chosen = during(session.document.cues, { startMs, endMs });
    const [first] = chosen;
    if (first === undefined) return;
    session.activate(first.id, { mode: "review" });
    session.store.setState({ selectedIds: new Set(chosen.map(({ id }) => id)) });
  };

  const finish = (event: React.PointerEvent, { gesture, lane, isMoved, ms }: Held, drawn: DragPicture): void => {
    if (gesture.kind === "pan") return;
    if (gesture.kind === "scrub") {
      session.playback.endScrub(toPlace(event.clientX));
      return;
    }
    if (!isMoved) {
      const cue = findCue(ms);
      if (lane === "captions" && cue !== undefined) session.activate(cue.id, { mode: "review" });
      else session.playback.seek(toPlace(event.clientX));
      return;
    }
    const { dragged, speaking, chapter, stretch } = drawn;
    if (chapter !== undefined) session.edit({ type: "change-mark", ...chapter });
    if (speaking !== undefined) session.edit(speaking.command);
    if (gesture.kind === "grip" && dragged?.command !== undefined) {
      const cue = session.document.cues[gesture.grip.index];
      session.edit(dragged.command, cue === undefined ? {} : { activeCueId: cue.id });
    } else if (stretch?.kind === "select") selectDuring(stretch.startMs, stretch.endMs);
    else if (stretch?.kind === "new" && stretch.endMs - stretch.startMs >= minNewMs) {
      insertCue(session, stretch);
    }
  };

  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>): void => {
    if (event.button > 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const lane = toLane(event.clientY);
    const ms = toMs(event.clientX);
    held.current = { gesture: begin(event, lane), lane, x: event.clientX, ms, isMoved: false };
    if (held.current.gesture.kind === "scrub") session.playback.scrub(toPlace(event.clientX));
    // A click may move the view: what was under the pointer is what a double click means.
    hit.current = lane === "ruler" ? undefined : findCue(ms)?.id;
  };

  const onPointerMove = (event: React.PointerEvent<HTMLDivElement>): void => {
    const now = held.current;
    if (now === undefined) {
      const isBorder = findBorderAt(event) !== undefined || findChapterAt(event) !== undefined;
      const isRuler = toLane(event.clientY) === "ruler";
      const kind = isBorder ? "border" : isRuler ? undefined : findGripAt(event)?.kind;
      const cursors = { start: "ew-resize", end: "ew-resize", border: "col-resize", body: "grab", ripple: "e-resize" };
      event.currentTarget.style.cursor = kind === undefined ? "default" : cursors[kind];
      return;
    }
    if (Math.abs(event.clientX - now.x) >= clickPixels) now.isMoved = true;
    if (now.gesture.kind === "pan") {
      view.pan(now.gesture.fromMs - (event.clientX - now.gesture.fromX) * msPerPixel() - view.span.fromMs);
    } else if (now.gesture.kind === "scrub") session.playback.scrub(toPlace(event.clientX));
    else if (now.isMoved) {
      picture.current = dragNow(event, now);
      draw.current();
    }
  };

  const onPointerUp = (event: React.PointerEvent<HTMLDivElement>): void => {
    const now = held.current;
    const drawn = picture.current;
    held.current = undefined;
    picture.current = nothingDragged;
    if (now !== undefined) finish(event, now, drawn);
    draw.current();
  };

  const onPointerCancel = (): void => {
    if (held.current?.gesture.kind === "scrub") session.playback.endScrub(session.playback.ms);
    held.current = undefined;
    picture.current = nothingDragged;
    draw.current();
  };

  const onDoubleClick = (): void => {
    if (hit.current !== undefined)
      session.activate(hit.current, session.state.isWriter ? { mode: "type", caret: null } : {});
  };

  // React listens to the wheel passively: the page would be zoomed and scrolled as well.
  useEffect(() => {
    const box = frame.current;
    if (box === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const scale = view.span.spanMs / Math.max(1, box.clientWidth);
      const { deltaX, deltaY } = event;
      const isPan = event.shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
      if (isPan) view.pan((Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : deltaY) * scale);
      else {
        const ms = view.span.fromMs + (event.clientX - box.getBoundingClientRect().left) * scale;
        view.zoom(wheelFactor ** deltaY, ms);
      }
    };
    box.addEventListener("wheel", onWheel, { passive: false });
    return () => box.removeEventListener("wheel", onWheel);
  }, [view, frame]);

  return { picture, held, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onDoubleClick } };
}
