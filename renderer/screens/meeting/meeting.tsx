/** One meeting: video with captions, text, summary, quality, and where it went. */

import { Alert, Anchor, Badge, Button, Card, ScrollArea, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link, useSearchParams } from "wouter";
import type { Cue } from "../../../electron/captions/cue.ts";
import { minuteMs } from "../../../electron/captions/time/durations.ts";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { clock, score } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { useSeenCaptions } from "./caption-screen.tsx";
import { Chapters, Files, Quality, Summary } from "./details.tsx";
import { Player } from "./player.tsx";
import { PreviewCopy } from "./preview-copy.tsx";
import { PublishPanel } from "./publish-panel.tsx";
import { Transcript } from "./transcript.tsx";

const t = texts.meeting;
const noCues: readonly Cue[] = [];

interface MeetingProps {
  readonly id: string;
  /** Where to begin. */
  readonly second: number;
  readonly role: Role;
}

export function Meeting({ id, second, role }: MeetingProps) {
  const view = useQuery(api.meeting.show.queryOptions({ input: { id } }));
  const captions = useQuery(api.meeting.cues.queryOptions({ input: { id }, staleTime: minuteMs }));
  const cues = (captions.data as readonly Cue[] | undefined) ?? noCues;
  const seen = useSeenCaptions(cues);
  const video = useRef<HTMLVideoElement>(null);
  const [params] = useSearchParams();
  const [ms, setMs] = useState(second * 1000);
  useEffect(() => {
    let frame = 0;
    const look = (): void => {
      const player = video.current;
      if (player !== null && !player.paused) setMs(player.currentTime * 1000);
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, []);
  const seek = (to: number): void => {
    setMs(to);
    if (video.current !== null) video.current.currentTime = to / 1000;
  };
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
  const isApproved = data.versions[0]?.approvedBy;
  const about = [
    meeting.city,
    meeting.date,
    data.type,
    meeting.durationMs === null ? "" : clock(meeting.durationMs),
    meeting.model,
  ].filter(Boolean);
  return (
    <Screen
      title={data.title}
      fills
      actions={
        <>
          <Anchor component={Link} href="/library" size="sm">
            {t.back}
          </Anchor>
          <Badge variant="light" tt="none">
            {texts.library.states[meeting.status]}
          </Badge>
          {meeting.score === null ? null : (
            <Badge variant="light" tt="none" color={meeting.score >= 0.8 ? "teal" : "orange"}>
              {t.score} {score(meeting.score)}
            </Badge>
          )}
          {data.versions.length > 0 ? (
            <Button component={Link} href={`/edit/${id}`} size="xs">
              {texts.editor.open}
            </Button>
          ) : null}
          {isApproved ? (
            <Badge variant="light" tt="none" color="teal">
              {t.approved(isApproved)}
            </Badge>
          ) : mayAct(role, "operator") && data.versions.length > 0 ? (
            <Button
              size="xs"
              variant="default"
              onClick={async () => {
                await runAndNotify(() => client.meeting.approve({ id }));
                await view.refetch();
              }}
            >
              {t.approve}
            </Button>
          ) : null}
        </>
      }
    >
      <Text size="sm" c="dimmed" mb="xs">
        {about.join(" · ")}
      </Text>
      {problem === null ? null : <ProblemAlert error={{ data: problem }} />}
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
              onMs={setMs}
            />
          ) : media.isThere ? (
            <PreviewCopy id={id} copy={media.copy} role={role} onChange={() => void view.refetch()} />
          ) : null}
          <Card withBorder padding="sm" style={{ flex: 1, minHeight: 0 }}>
            <Transcript cues={cues} ms={ms} onSeek={seek} />
          </Card>
        </div>
        <Card withBorder padding="sm" style={{ minHeight: 0 }}>
          <Tabs
            defaultValue={params.get("tab") ?? "summary"}
            h="100%"
            style={{ display: "flex", flexDirection: "column" }}
            keepMounted={false}
          >
            <Tabs.List>
              <Tabs.Tab px="sm" value="summary">
                {t.summary}
              </Tabs.Tab>
              <Tabs.Tab px="sm" value="chapters">
                {t.chapters}
              </Tabs.Tab>
              <Tabs.Tab px="sm" value="quality">
                {t.quality}
                {data.issues.length > 0 ? ` (${data.issues.length})` : ""}
              </Tabs.Tab>
              <Tabs.Tab px="sm" value="files">
                {t.files}
              </Tabs.Tab>
              <Tabs.Tab px="sm" value="publish">
                {t.publish}
              </Tabs.Tab>
            </Tabs.List>
            <ScrollArea viewportProps={{ tabIndex: 0 }} style={{ flex: 1 }} type="auto" mt="sm">
              <Tabs.Panel value="summary">
                <Summary view={data} onSeek={seek} />
              </Tabs.Panel>
              <Tabs.Panel value="chapters">
                <Chapters view={data} onSeek={seek} />
              </Tabs.Panel>
              <Tabs.Panel value="quality">
                <Quality view={data} onSeek={seek} />
              </Tabs.Panel>
              <Tabs.Panel value="files">
                <Files view={data} role={role} />
              </Tabs.Panel>
              <Tabs.Panel value="publish">
                <PublishPanel id={id} role={role} />
              </Tabs.Panel>
            </ScrollArea>
          </Tabs>
        </Card>
      </div>
    </Screen>
  );
}
