/** The picture and the time under the pointer, above the timeline. */
import { Portal } from "@mantine/core";
import { type RefObject, useState } from "react";
import { formatTime } from "../format-time.ts";
import { findPicture, usePictures } from "./pictures.ts";
import classes from "./timeline.module.css";

/** Distance to the timeline and to the edges of the window, in pixels. */
const margin = 8;

interface Place {
  readonly clientX: number;
  readonly ms: number;
}

/** The pointer's place while it rests on what shows pictures. */
export function useHoverPlace() {
  const [place, setPlace] = useState<Place>();
  return {
    place,
    /** @param ms undefined: nothing is to be shown there */
    show: (clientX: number, ms: number | undefined) => setPlace(ms === undefined ? undefined : { clientX, ms }),
    hide: () => setPlace(undefined),
  };
}

interface HoverPictureProps {
  readonly place: Place | undefined;
  /** What it stands above. */
  readonly frame: RefObject<HTMLElement | null>;
}

export function HoverPicture({ place, frame }: HoverPictureProps) {
  const pictures = usePictures();
  const box = frame.current?.getBoundingClientRect();
  if (place === undefined || pictures === null || box === undefined) return null;
  const { width, height, columns, rows, url } = pictures;
  const { column, row } = findPicture(pictures, place.ms);
  const left = Math.min(window.innerWidth - width - margin, Math.max(margin, place.clientX - width / 2));
  return (
    <Portal>
      <div
        data-picture
        aria-hidden
        className={classes.picture}
        style={{ left, bottom: window.innerHeight - box.top + margin, width }}
      >
        <div
          style={{
            height,
            backgroundImage: `url("${url}")`,
            backgroundSize: `${columns * width}px ${rows * height}px`,
            backgroundPosition: `${-column * width}px ${-row * height}px`,
          }}
        />
        <span>{formatTime(place.ms)}</span>
      </div>
    </Portal>
  );
}
