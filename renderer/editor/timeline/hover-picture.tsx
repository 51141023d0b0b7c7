/** The picture and the time under the pointer, above the timeline. */
import { Portal } from "@mantine/core";
import { type RefObject, useEffect, useRef, useSyncExternalStore } from "react";
import { formatTime } from "../format-time.ts";
import { findPicture, usePictures } from "./pictures.ts";
import classes from "./timeline.module.css";

/** Distance to the timeline and to the edges of the window, in pixels. */
const margin = 8;

interface Place {
  readonly clientX: number;
  readonly ms: number;
}

/** Where the pointer rests on what shows pictures: the picture alone is drawn anew when it moves, once a frame. */
class HoverPlace {
  #place: Place | undefined;
  #next: Place | undefined;
  #frame = 0;
  readonly #listeners = new Set<() => void>();

  get = (): Place | undefined => this.#place;

  listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @param ms undefined: nothing is to be shown there */
  show(clientX: number, ms: number | undefined): void {
    this.#next = ms === undefined ? undefined : { clientX, ms };
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#take());
  }

  hide = (): void => this.show(0, undefined);

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #take(): void {
    this.#frame = 0;
    if (this.#place === this.#next) return;
    this.#place = this.#next;
    for (const listener of this.#listeners) listener();
  }
}

export function useHoverPlace(): HoverPlace {
  const place = useRef<HoverPlace>(undefined);
  place.current ??= new HoverPlace();
  const own = place.current;
  useEffect(() => () => own.stop(), [own]);
  return own;
}

interface HoverPictureProps {
  readonly hover: HoverPlace;
  /** What it stands above. */
  readonly frame: RefObject<HTMLElement | null>;
  readonly durationMs: number;
}

export function HoverPicture({ hover, frame, durationMs }: HoverPictureProps) {
  const pictures = usePictures();
  const place = useSyncExternalStore(hover.listen, hover.get);
  const box = frame.current?.getBoundingClientRect();
  if (place === undefined || pictures === null || box === undefined) return null;
  const ms = Math.min(durationMs, Math.max(0, place.ms));
  const { width, height, columns, rows, url } = pictures;
  const { column, row } = findPicture(pictures, ms);
  const left = Math.min(window.innerWidth - width - margin, Math.max(margin, place.clientX - width / 2));
  const bottom = window.innerHeight - box.top + margin;
  return (
    <Portal>
      <div data-picture aria-hidden className={classes.picture} style={{ left, bottom, width }}>
        <div
          style={{
            height,
            backgroundImage: `url("${url}")`,
            backgroundSize: `${columns * width}px ${rows * height}px`,
            backgroundPosition: `${-column * width}px ${-row * height}px`,
          }}
        />
        <span>{formatTime(ms)}</span>
      </div>
    </Portal>
  );
}
