/** Where a meeting is published, and what of it is still missing. */
import { Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import type { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";
import { ago } from "../../ui/format.ts";

const t = texts.meeting;
const colors = { yes: "teal", no: "red", "not yet": "orange" } as const;

type Published = Awaited<ReturnType<typeof client.meeting.published>>;

export function PublishedList({ published }: { readonly published: Published }) {
  return published.map((each) => <PublishedRow key={`${each.target} ${each.vodId}`} {...each} />);
}

function PublishedRow({
  vodId,
  showId,
  url,
  status,
  captionsVerified,
  missing,
  version,
  isOlder,
  areFactsOlder,
  publishedDate,
  views,
}: Published[number]) {
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Badge variant="light" tt="none" color={status === "published" ? "teal" : "gray"}>
          {status}
        </Badge>
        <Badge variant="light" tt="none" color={colors[captionsVerified]}>
          {t.verified[captionsVerified]}
        </Badge>
        {isOlder ? (
          <Badge variant="light" tt="none" color="orange">
            {[t.older.publication, t.older.version(version)].filter(Boolean).join(", ")}
          </Badge>
        ) : null}
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
      {areFactsOlder ? (
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
  );
}
