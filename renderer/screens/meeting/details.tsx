/** Details of a meeting: summary, chapters, quality, files and versions. */
import { Anchor, Badge, Button, Code, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import type { api } from "../../station/queries.ts";
import { useAbilities } from "../../station/session.ts";
import { texts } from "../../texts/en.ts";
import { clock, moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import classes from "./meeting.module.css";
import { exportFiles, Stale } from "./stale.tsx";

const t = texts.meeting;

export type MeetingView = Awaited<ReturnType<typeof api.meeting.show.call>>;

interface DetailsProps {
  readonly view: MeetingView;
  readonly onSeek: (ms: number) => void;
}

function Spot({
  ms,
  text,
  onSeek,
}: {
  readonly ms: number;
  readonly text: string;
  readonly onSeek: (ms: number) => void;
}) {
  return (
    <UnstyledButton className={classes.cue} onClick={() => onSeek(ms)}>
      <time>{clock(ms)}</time>
      <span>{text}</span>
    </UnstyledButton>
  );
}

interface DerivedProps {
  readonly view: MeetingView;
  readonly role: Role;
  /** Called when it is derived anew. */
  readonly onChange: () => void;
}

export function Summary({ view, role, onSeek, onChange }: DetailsProps & DerivedProps) {
  const { sentences, phrases, isOlder } = view.summary;
  if (sentences.length === 0) return <Text c="dimmed">{t.noSummary}</Text>;
  return (
    <Stack gap="sm">
      {isOlder ? <Stale id={view.meeting.id} text={t.older.summary} role={role} onChange={onChange} /> : null}
      <div>
        {sentences.map(({ text, startMs }) => (
          <Spot key={startMs} ms={startMs} text={text} onSeek={onSeek} />
        ))}
      </div>
      <Group gap={6}>
        {phrases.slice(0, 20).map(({ phrase, occurrences }) => (
          <Badge key={phrase} variant="default" tt="none" fw={400}>
            {phrase} {occurrences}
          </Badge>
        ))}
      </Group>
    </Stack>
  );
}

export function Chapters({ view, onSeek }: DetailsProps) {
  if (view.chapters.length === 0) return <Text c="dimmed">{t.noChapters}</Text>;
  return (
    <div>
      {view.chapters.map(({ title, startMs }) => (
        <Spot key={startMs} ms={startMs} text={title} onSeek={onSeek} />
      ))}
    </div>
  );
}

export function Quality({ view, onSeek }: DetailsProps) {
  const { issues } = view;
  if (issues.length === 0) return <Text c="dimmed">{t.noIssues}</Text>;
  return (
    <div>
      {issues.map(({ severity, rule, message, remedy, atMs }, index) => (
        <UnstyledButton
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is static
          key={index}
          className={classes.cue}
          onClick={() => atMs !== null && onSeek(atMs)}
        >
          <time>{atMs === null ? "" : clock(atMs)}</time>
          <span>
            <Text span size="sm" c={severity === "error" ? "red" : "orange"} fw={600}>
              {rule}
            </Text>{" "}
            {message}. {remedy}
          </span>
        </UnstyledButton>
      ))}
    </div>
  );
}

export function Files({ view, role, onChange }: DerivedProps) {
  const { id } = view.meeting;
  const { reveal } = useAbilities();
  const older = view.files.filter(({ isOlder }) => isOlder);
  return (
    <Stack gap="sm">
      {older.length > 0 ? <Stale id={id} text={t.older.files(older.length)} role={role} onChange={onChange} /> : null}
      {view.files.map(({ kind, path, url, isThere: pathExists, isChanged, isOlder, version, writtenDate }) => (
        <div key={path}>
          <Group gap="xs">
            <Badge variant="default" tt="uppercase">
              {kind}
            </Badge>
            <Text size="xs" c={pathExists ? (isChanged || isOlder ? "orange" : "dimmed") : "red"}>
              {[
                pathExists ? (isChanged ? t.changed : isOlder ? t.older.file : t.asWritten) : t.notThere,
                t.older.version(version),
                moment(writtenDate),
              ]
                .filter(Boolean)
                .join(" · ")}
            </Text>
          </Group>
          <Code style={{ overflowWrap: "anywhere" }}>{path}</Code>
          {pathExists ? (
            <Group gap="sm" mt={2}>
              <Anchor size="xs" href={url} download aria-label={`${t.download}: ${path}`}>
                {t.download}
              </Anchor>
              {reveal && mayAct(role, "operator") ? (
                <Anchor
                  component="button"
                  type="button"
                  size="xs"
                  aria-label={`${t.reveal}: ${path}`}
                  onClick={() => void runAndNotify(() => client.meeting.reveal({ id, path }))}
                >
                  {t.reveal}
                </Anchor>
              ) : null}
            </Group>
          ) : null}
        </div>
      ))}
      <Text size="sm" fw={600}>
        {t.versions}
      </Text>
      {view.versions.map(({ number, origin, createdDate, cues, approvedBy }) => (
        <Text key={number} size="sm">
          {number}: {t.origin[origin]}, {t.cues(cues)}, {moment(createdDate)}
          {approvedBy === null ? "" : `, ${t.approved(approvedBy)}`}
        </Text>
      ))}
      {mayAct(role, "operator") ? (
        <Group>
          <Button variant="default" size="xs" onClick={() => void exportFiles(id).then(onChange)}>
            {t.reexport}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
