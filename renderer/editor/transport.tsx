/** The playback controls below the video: place, speed, volume, loop, safe area, full screen, and how list and video go together. */
import { ActionIcon, Checkbox, Group, Menu, Popover, Slider, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import {
  type Icon,
  IconAspectRatio,
  IconDots,
  IconMaximize,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconRepeat,
  IconRepeatOnce,
  IconVolume,
  IconVolumeOff,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { ActionIconButton } from "../actions/action-icon.tsx";
import { formatTip } from "../actions/key-tip.tsx";
import { texts } from "../texts/en.ts";
import { percent } from "../ui/format.ts";
import { useEditor, useEditorSession, usePlayhead } from "./context.ts";
import { playbackRates } from "./session/playback.ts";
import { getClock, setClock } from "./session/preferences.ts";
import { type Clock, formatPlace, parsePlace } from "./session/timecode-text.ts";
import classes from "./transport.module.css";

const t = texts.editor.transport;

/** The playhead; a person can type where it should go. */
function Place() {
  const { playback } = useEditorSession();
  const [clock, setShown] = useState<Clock>(getClock);
  const [typed, setTyped] = useState<string>();
  const ms = usePlayhead();
  const toggle = (): void => {
    const next = clock === "smpte" ? "clock" : "smpte";
    setClock(next);
    setShown(next);
  };
  const go = (): void => {
    const to = parsePlace(typed ?? "");
    if (to !== undefined) playback.seek(to);
    setTyped(undefined);
  };
  const isBad = typed !== undefined && typed !== "" && parsePlace(typed) === undefined;
  return (
    <Group gap={2} wrap="nowrap">
      <TextInput
        size="xs"
        classNames={{ input: classes.place ?? "" }}
        aria-label={t.place}
        title={t.placeLead}
        value={typed ?? formatPlace(ms, clock)}
        error={isBad}
        onFocus={(event) => {
          // What is shown stays while it is selected; a click sets its caret only after this.
          const field = event.currentTarget;
          const { value } = field;
          setTyped(value);
          field.select();
          window.setTimeout(() => field.value === value && field.select());
        }}
        onBlur={() => setTyped(undefined)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || isBad) return;
          event.preventDefault();
          go();
          event.currentTarget.blur();
        }}
      />
      <Tooltip label={t.clocks[clock]}>
        <UnstyledButton className={classes.clock} aria-label={t.otherClock(t.clockNames[clock])} onClick={toggle}>
          {t.clockNames[clock]}
        </UnstyledButton>
      </Tooltip>
    </Group>
  );
}

function Rate() {
  const { playback } = useEditorSession();
  usePlayhead(250);
  return (
    <Menu position="top" returnFocus={false}>
      <Tooltip label={`${formatTip("slower")} · ${formatTip("faster")}`}>
        <Menu.Target>
          <UnstyledButton className={classes.clock} aria-label={t.rate(t.rateValue(playback.rate))}>
            {t.rateValue(playback.rate)}
          </UnstyledButton>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {playbackRates.map((rate) => (
          <Menu.Item key={rate} onClick={() => playback.setRate(rate)}>
            {t.rateValue(rate)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface IconPopoverProps {
  readonly icon: Icon;
  readonly label: string;
  readonly children: ReactNode;
}

/** An icon that opens what belongs to it. */
function IconPopover({ icon: Shape, label, children }: IconPopoverProps) {
  return (
    <Popover position="top-end" returnFocus={false}>
      <Tooltip label={label}>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={label}>
            <Shape size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}

function Volume() {
  const { playback } = useEditorSession();
  const [volume, setVolume] = useState(playback.volume);
  const set = (value: number): void => {
    playback.volume = value;
    setVolume(value);
  };
  return (
    <IconPopover icon={volume === 0 ? IconVolumeOff : IconVolume} label={t.volume}>
      <Slider w={140} min={0} max={1} step={0.05} label={percent} value={volume} onChange={set} thumbLabel={t.volume} />
    </IconPopover>
  );
}

function Options() {
  const { playback, store } = useEditorSession();
  const followsVideo = useEditor((state) => state.followsVideo);
  const videoFollows = useEditor((state) => state.videoFollows);
  const acceptsPlayed = useEditor((state) => state.acceptsPlayed);
  const [isPatient, setIsPatient] = useState(playback.isPatient);
  const options = [
    [texts.editor.followVideo, followsVideo, (value: boolean) => store.setState({ followsVideo: value })],
    [texts.editor.videoFollow, videoFollows, (value: boolean) => store.setState({ videoFollows: value })],
    [
      formatTip("accept-played", texts.editor.acceptsPlayed),
      acceptsPlayed,
      (value: boolean) => store.setState({ acceptsPlayed: value }),
    ],
    [
      texts.editor.patient,
      isPatient,
      (value: boolean) => {
        playback.isPatient = value;
        setIsPatient(value);
      },
    ],
  ] as const;
  return (
    <IconPopover icon={IconDots} label={t.options}>
      {options.map(([label, checked, set]) => (
        <Checkbox
          key={label}
          size="xs"
          my={6}
          label={label}
          checked={checked}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      ))}
    </IconPopover>
  );
}

interface TransportProps {
  readonly hasSafeArea: boolean;
  readonly onSafeArea: () => void;
  readonly onFullScreen: () => void;
}

export function Transport({ hasSafeArea, onSafeArea, onFullScreen }: TransportProps) {
  const { playback } = useEditorSession();
  const loops = useEditor((state) => state.loops);
  usePlayhead(250);
  return (
    <div className={classes.transport}>
      <Place />
      <Group gap={0} wrap="nowrap">
        <ActionIconButton action="back" icon={IconPlayerSkipBack} />
        <ActionIconButton action="play" icon={playback.isPlaying ? IconPlayerPause : IconPlayerPlay} />
        <ActionIconButton action="forward" icon={IconPlayerSkipForward} />
        <ActionIconButton action="replay" icon={IconRepeatOnce} />
        <ActionIconButton action="loop" icon={IconRepeat} variant={loops ? "light" : "subtle"} aria-pressed={loops} />
      </Group>
      <Rate />
      <Group gap={0} wrap="nowrap" className={classes.end}>
        <Volume />
        <Tooltip label={t.safeArea}>
          <ActionIcon
            variant={hasSafeArea ? "light" : "subtle"}
            color="gray"
            aria-label={t.safeArea}
            aria-pressed={hasSafeArea}
            onClick={onSafeArea}
          >
            <IconAspectRatio size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t.fullScreen}>
          <ActionIcon variant="subtle" color="gray" aria-label={t.fullScreen} onClick={onFullScreen}>
            <IconMaximize size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Options />
      </Group>
    </div>
  );
}
