/** The video with its captions as a decoder displays them, and the playback controls. */
import { Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { CaptionScreen } from "../screens/meeting/caption-screen.tsx";
import { mediaUrl } from "../station/desktop.ts";
import { texts } from "../texts/en.ts";
import { useEditor, useEditorSession, usePlayhead } from "./context.ts";
import classes from "./editor.module.css";
import { Transport } from "./transport.tsx";

function Preview() {
  const captions = useEditor((state) => state.captions);
  const ms = usePlayhead(40);
  return <CaptionScreen captions={captions} ms={ms} />;
}

export interface VideoPaneProps {
  readonly url: string;
  readonly isPlayable: boolean;
  /** The player's clock at the recording's 0. */
  readonly playerStartMs: number;
  readonly note: string | null;
  readonly showsPreview: boolean;
}

export function VideoPane({ url, isPlayable, playerStartMs, note, showsPreview }: VideoPaneProps) {
  const session = useEditorSession();
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [hasSafeArea, setHasSafeArea] = useState(false);
  useEffect(
    () => (video.current === null ? undefined : session.playback.attach(video.current, playerStartMs)),
    [session, playerStartMs],
  );
  const toggleFullScreen = (): void => {
    // The captions are part of the frame: the player alone would show none.
    if (document.fullscreenElement === null) void frame.current?.requestFullscreen().catch(() => undefined);
    else void document.exitFullscreen();
  };
  return (
    <div className={classes.pane}>
      <div ref={frame} className={classes.video}>
        {isPlayable ? (
          // biome-ignore lint/a11y/useMediaCaption: the captions are drawn over it as a decoder displays them
          <video ref={video} src={mediaUrl(url)} preload="auto" onClick={() => session.playback.toggle()} />
        ) : (
          <Text c="gray.4" p="md" size="sm">
            {note ?? texts.meeting.copy.needed}
          </Text>
        )}
        {showsPreview ? <Preview /> : null}
        {hasSafeArea ? <div className={classes.safeArea} aria-hidden /> : null}
      </div>
      <Transport
        hasSafeArea={hasSafeArea}
        onSafeArea={() => setHasSafeArea((shows) => !shows)}
        onFullScreen={toggleFullScreen}
      />
    </div>
  );
}
