/** Publishing of a meeting: preview, start, and results. */
import { Alert, Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";
import { ago } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { JobProgress } from "./job-progress.tsx";
import classes from "./meeting.module.css";

const t = texts.meeting;
const colors = { yes: "teal", no: "red", "not yet": "orange" } as const;

export function PublishPanel({ id, role }: { readonly id: string; readonly role: Role }) {
  const maySteer = mayAct(role, "operator");
  const published = useQuery(api.meeting.published.queryOptions({ input: { id } }));
  const preview = useQuery(api.meeting.preview.queryOptions({ input: { id }, enabled: maySteer, retry: false }));
  const [jobId, setJobId] = useState<string>();
  const publish = async (): Promise<void> => {
    const started = await runAndNotify(() => client.meeting.publish({ id }));
    if (started !== undefined) setJobId(started.jobId);
  };
  const obstacles = preview.data?.obstacles ?? [];
  const unsaved = preview.data?.unkeptEdits ?? 0;
  const isPublished = (published.data ?? []).some(({ status }) => status === "published");
  return (
    <Stack gap="md">
      {(published.data ?? []).map(
        ({ target, vodId, showId, url, status, captionsVerified, missing, publishedDate, views, isOlder }) => (
          <Stack key={`${target} ${vodId}`} gap={4}>
            <Group gap="xs">
              <Badge variant="light" tt="none" color={status === "published" ? "teal" : "gray"}>
                {status}
              </Badge>
              <Badge variant="light" tt="none" color={colors[captionsVerified]}>
                {t.verified[captionsVerified]}
              </Badge>
              <Text size="sm">{showId === null ? vodId : `${texts.cablecast.show} ${showId}, VOD ${vodId}`}</Text>
              <Text size="sm" c="dimmed">
                {[publishedDate === null ? "" : ago(publishedDate), views === null ? "" : t.views(views)]
                  .filter(Boolean)
                  .join(" · ")}
              </Text>
              {url === null ? null : (
                <Anchor size="sm" href={url} target="_blank" rel="noopener noreferrer">
                  {t.open}
                </Anchor>
              )}
            </Group>
            {isOlder ? (
              <Text size="sm" c="orange">
                {meetingTexts.older}
              </Text>
            ) : null}
            {missing.map((each) => (
              <Text key={each} size="sm" c="orange">
                {each}
              </Text>
            ))}
          </Stack>
        ),
      )}
      {jobId === undefined ? null : (
        <JobProgress type="publish" jobId={jobId} label={t.publishNow} onRetry={() => setJobId(undefined)} />
      )}
      {maySteer ? (
        <>
          {obstacles.length > 0 ? (
            <Alert color="orange" title={t.blocked}>
              {obstacles.map((each) => (
                <Text key={each} size="sm">
                  {each}
                </Text>
              ))}
            </Alert>
          ) : null}
          {unsaved > 0 ? (
            <Alert color="yellow" title={t.unsaved(unsaved)}>
              <Anchor component={Link} href={`/edit/${id}`} size="sm">
                {texts.editor.open}
              </Anchor>
            </Alert>
          ) : null}
          <Group>
            <Button onClick={() => void publish()} disabled={preview.data === undefined || obstacles.length > 0}>
              {isPublished ? t.publishAgain : t.publishNow}
            </Button>
          </Group>
          {preview.error ? <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} /> : null}
          {preview.data === undefined ? null : (
            <Stack gap={4}>
              <Text size="sm" fw={600}>
                {t.preview}
              </Text>
              {preview.data.steps.map(({ step, changes, detail }) => (
                <Group key={step} gap="xs" wrap="nowrap" align="flex-start">
                  {changes ? (
                    <IconCircleDashed size={16} aria-hidden className={classes.mark} />
                  ) : (
                    <IconCircleCheck size={16} aria-hidden className={classes.mark} />
                  )}
                  <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                    <b>{step}</b> {detail}
                  </Text>
                </Group>
              ))}
            </Stack>
          )}
        </>
      ) : null}
    </Stack>
  );
}
