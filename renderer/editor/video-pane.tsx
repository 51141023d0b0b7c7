/** The video with its captions as a decoder displays them, and the playback controls. */
import { ActionIcon, Checkbox, Text, Tooltip } from "@mantine/core";
import {
  type Icon,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconRepeat,
} from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useAction } from "../actions/context.ts";
import { keysFor } from "../actions/keymap.ts";
import { formatKeys } from "../actions/keys.ts";
import { CaptionScreen } from "../screens/meeting/caption-screen.tsx";
import { mediaUrl } from "../station/desktop.ts";
import { texts } from "../texts/en.ts";
import { useEditor, useEditorSession, usePlayhead } from "./context.ts";
import classes from "./editor.module.css";

const t = texts.editor;
const buttons = [
  ["back", IconPlayerSkipBack],
  ["play", IconPlayerPlay],
  ["forward", IconPlayerSkipForward],
  ["replay", IconRepeat],
] as const;

function Preview() {
  const captions = useEditor((state) => state.captions);
  const ms = usePlayhead(40);
  return <CaptionScreen captions={captions} ms={ms} />;
}

interface ControlButtonProps {
  readonly id: (typeof buttons)[number][0];
  readonly icon: Icon;
}

function ControlButton({ id, icon: ButtonIcon }: ControlButtonProps) {
  const { action, isPossible, run } = useAction(id);
  const key = keysFor(action, "review")[0];
  return (
    <Tooltip label={`${action.title}${key === undefined ? "" : ` (${formatKeys(key)})`}`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={action.title}
        disabled={!isPossible}
        onClick={() => void run()}
      >
        <ButtonIcon size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function Controls() {
  const { playback, store } = useEditorSession();
  const followsVideo = useEditor((state) => state.followsVideo);
  const videoFollows = useEditor((state) => state.videoFollows);
  const [isPatient, setIsPatient] = useState(playback.isPatient);
  usePlayhead(250);
  return (
    <div className={classes.controls}>
      {buttons.map(([id, icon]) => (
        <ControlButton key={id} id={id} icon={id === "play" && playback.isPlaying ? IconPlayerPause : icon} />
      ))}
      <Checkbox
        size="xs"
        label={t.followVideo}
        checked={followsVideo}
        onChange={(event) => store.setState({ followsVideo: event.currentTarget.checked })}
      />
      <Checkbox
        size="xs"
        label={t.videoFollow}
        checked={videoFollows}
        onChange={(event) => store.setState({ videoFollows: event.currentTarget.checked })}
      />
      <Checkbox
        size="xs"
        label={t.patient}
        checked={isPatient}
        onChange={(event) => {
          playback.isPatient = event.currentTarget.checked;
          setIsPatient(event.currentTarget.checked);
        }}
      />
    </div>
  );
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
  useEffect(
    () => (video.current === null ? undefined : session.playback.attach(video.current, playerStartMs)),
    [session, playerStartMs],
  );
  return (
    <div className={classes.pane}>
      <div className={classes.video}>
        {isPlayable ? (
          // biome-ignore lint/a11y/useMediaCaption: the captions are drawn over it as a decoder displays them
          <video ref={video} src={mediaUrl(url)} preload="auto" onClick={() => session.playback.toggle()} />
        ) : (
          <Text c="gray.4" p="md" size="sm">
            {note ?? texts.meeting.copy.needed}
          </Text>
        )}
        {showsPreview ? <Preview /> : null}
      </div>
      <Controls />
    </div>
  );
}
