/** Search results in the transcripts of all meetings. */
import { Badge, Card, Stack, Text } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import { useLocation } from "wouter";
import { hitEnd, hitStart } from "../../../electron/contract/terms.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";
import { Empty } from "../../ui/empty.tsx";
import { clock } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.library;

/** Text with hits enclosed by `hitStart` and `hitEnd` of the contract. */
function Marked({ text }: { readonly text: string }) {
  let at = 0;
  return text.split(hitStart).flatMap((part, index) => {
    const [hit = "", rest = ""] = index === 0 ? ["", part] : part.split(hitEnd);
    at += part.length + 1;
    return [hit === "" ? null : <mark key={`hit ${at}`}>{hit}</mark>, <Fragment key={at}>{rest}</Fragment>];
  });
}

export function Hits({ text }: { readonly text: string }) {
  const [, go] = useLocation();
  const found = useQuery(
    api.library.find.queryOptions({ input: { text, limit: 100 }, placeholderData: keepPreviousData }),
  );
  if (found.error) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Text c="dimmed">{texts.loading}</Text>;
  if (found.data.hits.length + found.data.meetings.length === 0) {
    return (
      <Card withBorder>
        <Empty icon={<IconSearch size={40} stroke={1.3} />} title={t.nothing} lead={t.nothingLead} />
      </Card>
    );
  }
  return (
    <Stack gap="xs" style={{ overflow: "auto" }}>
      <Text size="sm" c="dimmed">
        {[
          ...(found.data.totalMeetings > 0 ? [meetingTexts.foundMeetings(found.data.totalMeetings)] : []),
          ...(found.data.total > 0 ? [meetingTexts.foundCaptions(found.data.total)] : []),
        ].join(", ")}
      </Text>
      {found.data.meetings.map(({ id, filename, title, city, date, places }) => (
        <Card
          key={id}
          withBorder
          padding="sm"
          component="button"
          type="button"
          ta="start"
          style={{ cursor: "pointer", flexShrink: 0 }}
          onClick={() => {
            const at = places.find(({ startMs }) => startMs !== null)?.startMs;
            go(at == null ? `/meeting/${id}` : `/meeting/${id}/${at / 1000}`);
          }}
        >
          {places.map(({ field, context, startMs }) => (
            <Text size="sm" key={`${field} ${startMs} ${context}`}>
              <Badge size="xs" variant="light" tt="none" mr={6}>
                {meetingTexts.found[field]}
              </Badge>
              <Marked text={context} />
            </Text>
          ))}
          <Text size="xs" c="dimmed">
            {[title ?? filename, city, date ?? meetingTexts.noDate].filter(Boolean).join(" · ")}
          </Text>
        </Card>
      ))}
      {found.data.hits.map(({ transcriptionId, filename, title, city, date, startMs, context }) => (
        <Card
          key={`${transcriptionId} ${startMs}`}
          withBorder
          padding="sm"
          component="button"
          type="button"
          ta="start"
          style={{ cursor: "pointer", flexShrink: 0 }}
          onClick={() => go(`/meeting/${transcriptionId}/${startMs / 1000}`)}
        >
          <Text size="sm">
            <Badge size="xs" variant="light" tt="none" color="gray" mr={6}>
              {meetingTexts.caption}
            </Badge>
            <Marked text={context} />
          </Text>
          <Text size="xs" c="dimmed">
            {[clock(startMs), title ?? filename, city, date].filter(Boolean).join(" · ")}
          </Text>
        </Card>
      ))}
    </Stack>
  );
}
