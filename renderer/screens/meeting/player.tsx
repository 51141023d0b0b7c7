/** The recording with its captions as viewers see them. */
import { Switch } from "@mantine/core";
import { type Ref, useState } from "react";
import type { DecodedCaption } from "../../../electron/captions/scc/decode.ts";
import { mediaUrl } from "../../station/desktop.ts";
import { texts } from "../../texts/en.ts";
import { CaptionScreen } from "./caption-screen.tsx";
import classes from "./meeting.module.css";

interface PlayerProps {
  readonly ref: Ref<HTMLVideoElement>;
  readonly url: string;
  /** False: the captions are shown on black. */
  readonly hasPicture: boolean;
  readonly captions: readonly DecodedCaption[];
  readonly ms: number;
  /** Start position in milliseconds. */
  readonly startMs: number;
  /** The player's clock at the recording's 0. */
  readonly playerStartMs: number;
  readonly onMs: (ms: number) => void;
}

export function Player({ ref, url, hasPicture, captions, ms, startMs, playerStartMs, onMs }: PlayerProps) {
  const [showsCaptions, setShowsCaptions] = useState(true);
  return (
    <div>
      <div className={classes.player} data-sound-only={!hasPicture || undefined}>
        {/* biome-ignore lint/a11y/useMediaCaption: the captions are drawn over it as a decoder displays them */}
        <video
          ref={ref}
          src={mediaUrl(url)}
          controls
          preload="metadata"
          onLoadedMetadata={(event) => {
            if (startMs > 0) event.currentTarget.currentTime = (startMs + playerStartMs) / 1000;
          }}
          onSeeked={(event) => onMs(event.currentTarget.currentTime * 1000 - playerStartMs)}
        />
        {showsCaptions ? <CaptionScreen captions={captions} ms={ms} /> : null}
      </div>
      <Switch
        mt={6}
        size="xs"
        label={texts.meeting.captionsOn}
        checked={showsCaptions}
        onChange={(event) => setShowsCaptions(event.currentTarget.checked)}
      />
    </div>
  );
}
