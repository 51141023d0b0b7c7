/** The recording with its captions as a decoder draws them, and what it is played with. */
import { ActionIcon, Checkbox, Text, Tooltip } from "@mantine/core";
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconRepeat,
} from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { CaptionScreen } from "../screens/meeting/caption-screen.tsx";
import { mediaUrl } from "../station/desktop.ts";
import { texts } from "../texts/en.ts";
import { useActions, useEditor, usePlayhead, useSession } from "./context.ts";
import classes from "./editor.module.css";
import { editorActions } from "./keys/actions.ts";
import { keysFor, shownKey } from "./keys/keymap.ts";

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

function Controls() {
  const context = useActions();
  const { playback, store } = context.session;
  const followsVideo = useEditor((state) => state.followsVideo);
  const videoFollows = useEditor((state) => state.videoFollows);
  const [isPatient, setIsPatient] = useState(playback.isPatient);
  usePlayhead(250);
  return (
    <div className={classes.controls}>
      {buttons.map(([id, ButtonIcon]) => {
        const action = editorActions.find((each) => each.id === id);
        if (action === undefined) return null;
        const Shown = id === "play" && playback.isPlaying ? IconPlayerPause : ButtonIcon;
        const key = keysFor(action, "review")[0];
        return (
          <Tooltip key={id} label={`${action.title}${key === undefined ? "" : ` (${shownKey(key)})`}`}>
            <ActionIcon variant="subtle" color="gray" aria-label={action.title} onClick={() => action.run(context)}>
              <Shown size={18} />
            </ActionIcon>
          </Tooltip>
        );
      })}
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

interface VideoPaneProps {
  readonly url: string;
  readonly isPlayable: boolean;
  readonly note: string | null;
  readonly showsPreview: boolean;
}

export function VideoPane({ url, isPlayable, note, showsPreview }: VideoPaneProps) {
  const session = useSession();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => (video.current === null ? undefined : session.playback.attach(video.current)), [session]);
  return (
    <div className={classes.pane}>
      <div className={classes.video}>
        {isPlayable ? (
          // biome-ignore lint/a11y/useMediaCaption: the captions stand over it as a decoder shows them
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
