/** The text of a meeting: follows playback, and a click seeks. */
import { Checkbox, Text, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Cue } from "../../../electron/captions/cue.ts";
import { texts } from "../../texts/en.ts";
import { clock } from "../../ui/format.ts";
import classes from "./meeting.module.css";

interface TranscriptProps {
  readonly cues: readonly Cue[];
  readonly ms: number;
  readonly onSeek: (ms: number) => void;
}

const rowHeight = 46;

/** Index of the caption at a time, or of the last one before it. */
function indexAt(cues: readonly Cue[], ms: number): number {
  let [low, high] = [0, cues.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.startMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function Transcript({ cues, ms, onSeek }: TranscriptProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const current = useMemo(() => indexAt(cues, ms), [cues, ms]);
  const rows = useVirtualizer({
    count: cues.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 15,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls only when another caption becomes current
  useEffect(() => {
    if (follows && current >= 0) rows.scrollToIndex(current, { align: "center" });
  }, [current, follows]);
  if (cues.length === 0) return <Text c="dimmed">{texts.meeting.noCues}</Text>;
  return (
    <div style={{ display: "flex", flexDirection: "column", height: "100%", minHeight: 0, gap: 8 }}>
      <Checkbox
        size="xs"
        label={texts.meeting.follow}
        checked={follows}
        onChange={(event) => setFollows(event.currentTarget.checked)}
      />
      <section ref={scroller} style={{ flex: 1, minHeight: 0, overflow: "auto" }} aria-label={texts.meeting.transcript}>
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const cue = cues[index] as Cue;
            return (
              <UnstyledButton
                key={index}
                className={classes.cue}
                aria-current={index === current ? "true" : undefined}
                style={{ position: "absolute", top: start, insetInline: 0, height: rowHeight }}
                onClick={() => onSeek(cue.startMs)}
              >
                <time>{clock(cue.startMs)}</time>
                <span>
                  {cue.speaker === undefined ? "" : `${cue.speaker}: `}
                  {cue.lines.join(" ")}
                </span>
              </UnstyledButton>
            );
          })}
        </div>
      </section>
    </div>
  );
}
