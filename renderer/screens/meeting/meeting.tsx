/** The meeting screen: video with captions, text, summary, quality, and publications. */
import { Alert, Card, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useSearchParams } from "wouter";
import type { Cue } from "../../../electron/captions/cue.ts";
import { minuteMs } from "../../../electron/captions/time/durations.ts";
import type { Role } from "../../../electron/contract/api/base.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";
import { ExportState, isExporting } from "../../ui/export-state.tsx";
import { FillTabs } from "../../ui/fill-tabs.tsx";
import { clock } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { AboutMeeting } from "./about-meeting.tsx";
import { useSeenCaptions } from "./caption-screen.tsx";
import { Chapters, Files, Quality, Summary } from "./details.tsx";
import { HeldFiles } from "./held-files.tsx";
import { MeetingActions } from "./meeting-actions.tsx";
import { MeetingSound } from "./meeting-sound.tsx";
import { Player } from "./player.tsx";
import { PreviewCopy } from "./preview-copy.tsx";
import { PublishPanel } from "./publish-panel.tsx";
import { exportFiles } from "./stale.tsx";
import { Transcript } from "./transcript.tsx";

const t = texts.meeting;
const noCues: readonly Cue[] = [];

interface MeetingProps {
  readonly id: string;
  /** Start position in seconds. */
  readonly second: number;
  readonly role: Role;
}

/**
 * Playback position in milliseconds of the recording; follows the player in every frame.
 * @param playerStartMs the player's clock at the recording's 0
 */
function usePlace(startMs: number, playerStartMs: number) {
  const video = useRef<HTMLVideoElement>(null);
  const [ms, setMs] = useState(startMs);
  useEffect(() => {
    let frame = 0;
    const follow = (): void => {
      const player = video.current;
      if (player !== null && !player.paused) setMs(player.currentTime * 1000 - playerStartMs);
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [playerStartMs]);
  const seek = (to: number): void => {
    setMs(to);
    if (video.current !== null) video.current.currentTime = (to + playerStartMs) / 1000;
  };
  return { video, ms, setMs, seek };
}

export function Meeting({ id, second, role }: MeetingProps) {
  const view = useQuery({
    ...api.meeting.show.queryOptions({ input: { id } }),
    // Until the files are written.
    refetchInterval: ({ state }) => (isExporting(state.data?.export) ? 1_000 : false),
  });
  const refresh = (): void => void view.refetch();
  const captions = useQuery(api.meeting.cues.queryOptions({ input: { id }, staleTime: minuteMs }));
  const cues = (captions.data as readonly Cue[] | undefined) ?? noCues;
  const seen = useSeenCaptions(cues);
  const { video, ms, setMs, seek } = usePlace(second * 1000, view.data?.media.playerStartMs ?? 0);
  const [params] = useSearchParams();
  const { data } = view;
  if (view.error) {
    return (
      <Screen title={texts.library.title}>
        <ProblemAlert error={view.error} onRetry={() => void view.refetch()} />
      </Screen>
    );
  }
  if (data === undefined) return <Screen title={texts.loading}>{null}</Screen>;
  const { meeting, media, problem } = data;
  const quality = `${t.quality}${data.issues.length > 0 ? ` (${data.issues.length})` : ""}`;
  const about = [
    meeting.city,
    meeting.date ?? meetingTexts.noDate,
    data.type,
    meeting.durationMs === null ? "" : clock(meeting.durationMs),
    meeting.model,
  ].filter(Boolean);
  return (
    <Screen
      title={data.title}
      fills
      actions={<MeetingActions view={data} role={role} onApproved={() => void view.refetch()} />}
    >
      <Text size="sm" c="dimmed" mb="xs">
        {about.join(" · ")}
      </Text>
      <MeetingSound view={data} role={role} />
      <HeldFiles view={data} />
      {problem === null ? null : <ProblemAlert error={{ data: problem }} />}
      <ExportState job={data.export} onRetry={() => void exportFiles(id).then(refresh)} />
      {media.note === null ? null : (
        <Alert color="orange" py="xs" mb="xs">
          {media.note}
        </Alert>
      )}
      <div
        style={{
          flex: 1,
          minHeight: 0,
          display: "grid",
          gridTemplateColumns: "minmax(0, 1.15fr) minmax(20rem, 1fr)",
          gap: 16,
        }}
      >
        <div style={{ display: "flex", flexDirection: "column", minHeight: 0, gap: 8 }}>
          {media.isPlayable ? (
            <Player
              ref={video}
              url={media.url}
              hasPicture={media.hasPicture}
              captions={seen}
              ms={ms}
              startMs={second * 1000}
              playerStartMs={media.playerStartMs}
              onMs={setMs}
            />
          ) : media.isThere ? (
            <PreviewCopy id={id} copy={media.copy} role={role} onChange={() => void view.refetch()} />
          ) : null}
          <Card withBorder padding="sm" style={{ flex: 1, minHeight: 0 }}>
            <Transcript cues={cues} ms={ms} onSeek={seek} />
          </Card>
        </div>
        <Card withBorder padding="sm" style={{ minHeight: 0, display: "flex", flexDirection: "column" }}>
          <FillTabs
            start={params.get("tab") ?? "summary"}
            isNarrow
            tabs={[
              {
                value: "about",
                label: meetingTexts.about,
                panel: <AboutMeeting view={data} role={role} onChanged={() => void view.refetch()} />,
              },
              {
                value: "summary",
                label: t.summary,
                panel: <Summary view={data} role={role} onSeek={seek} onChange={refresh} />,
              },
              { value: "chapters", label: t.chapters, panel: <Chapters view={data} onSeek={seek} /> },
              { value: "quality", label: quality, panel: <Quality view={data} onSeek={seek} /> },
              { value: "files", label: t.files, panel: <Files view={data} role={role} onChange={refresh} /> },
              { value: "publish", label: t.publish, panel: <PublishPanel id={id} role={role} /> },
            ]}
          />
        </Card>
      </div>
    </Screen>
  );
}
