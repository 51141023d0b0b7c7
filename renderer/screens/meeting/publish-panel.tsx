/** Publishing of a meeting: what is sent, to be changed here, start, and results. */
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "wouter";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { capitalize } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { JobProgress } from "./job-progress.tsx";
import classes from "./meeting.module.css";
import { isComplete, type PublishDraft, toPublishOptions } from "./publish-draft.ts";
import { PublishForm, type PublishPreview } from "./publish-form.tsx";
import { PublishedList } from "./published-list.tsx";

const t = texts.meeting;
/** How long a person has to pause before the server is asked again, in milliseconds. */
const pauseMs = 400;

export function PublishPanel({ id, role }: { readonly id: string; readonly role: Role }) {
  const published = useQuery(api.meeting.published.queryOptions({ input: { id } }));
  const [jobId, setJobId] = useState<string>();
  return (
    <Stack gap="md">
      <PublishedList published={published.data ?? []} />
      {mayAct(role, "operator") ? <PublishSection key={id} id={id} jobId={jobId} onStarted={setJobId} /> : null}
    </Stack>
  );
}

interface PublishSectionProps {
  readonly id: string;
  readonly jobId: string | undefined;
  readonly onStarted: (jobId: string | undefined) => void;
}

function PublishSection({ id, jobId, onStarted }: PublishSectionProps) {
  const [draft, setDraft] = useState<PublishDraft>({});
  const [settledDraft] = useDebouncedValue(draft, pauseMs);
  const ownChapters = useRef<PublishPreview["sent"]["chapters"]>([]);
  const options = toPublishOptions(settledDraft, ownChapters.current);
  const preview = useQuery(
    api.meeting.previewWith.queryOptions({
      input: { id, ...options },
      retry: false,
      placeholderData: keepPreviousData,
    }),
  );
  const { data } = preview;
  if (data !== undefined && draft.chapters === undefined) ownChapters.current = data.sent.chapters;
  const publish = async ({ fingerprint }: PublishPreview): Promise<void> => {
    const started = await runAndNotify(() => client.meeting.publish({ id, ...options, expected: fingerprint }));
    if (started === undefined) void preview.refetch();
    else onStarted(started.jobId);
  };
  const done = (): void => {
    setDraft({});
    void preview.refetch();
  };
  // What stands in the form is what the preview was made of.
  const isSettled = draft === settledDraft && !preview.isPlaceholderData && preview.error === null && isComplete(draft);
  const obstacles = data?.obstacles ?? [];
  return (
    <>
      {jobId === undefined ? null : (
        <JobProgress
          type="publish"
          jobId={jobId}
          label={t.publishNow}
          onRetry={() => onStarted(undefined)}
          onDone={done}
        />
      )}
      {obstacles.length > 0 ? (
        <Alert color="orange" title={t.blocked}>
          {obstacles.map((each) => (
            <Text key={each} size="sm">
              {capitalize(each)}
            </Text>
          ))}
        </Alert>
      ) : null}
      {data !== undefined && data.unkeptEdits > 0 ? (
        <Alert color="yellow" title={t.unsaved(data.unkeptEdits)}>
          <Anchor component={Link} href={`/edit/${id}`} size="sm">
            {texts.editor.open}
          </Anchor>
        </Alert>
      ) : null}
      <Group>
        <Button
          onClick={() => data !== undefined && void publish(data)}
          disabled={data === undefined || !isSettled || obstacles.length > 0}
        >
          {data?.isPublished ? t.publishAgain : t.publishNow}
        </Button>
        {Object.keys(draft).length === 0 ? null : (
          <Button variant="default" onClick={() => setDraft({})}>
            {texts.publishing.reset}
          </Button>
        )}
      </Group>
      {preview.error ? <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {data === undefined ? null : (
        <>
          <Text size="sm" fw={600}>
            {texts.publishing.sent}
          </Text>
          <PublishForm
            preview={data}
            draft={draft}
            onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          />
          <Steps steps={data.steps} />
        </>
      )}
    </>
  );
}

function Steps({ steps }: Pick<PublishPreview, "steps">) {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t.preview}
      </Text>
      {steps.map(({ step, changes, detail }) => (
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
  );
}
