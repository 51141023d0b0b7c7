/** Recordings that are not linked to a show, with their candidate shows. */
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { score } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.cablecast;

export function Linking() {
  const unlinked = useQuery(api.cablecast.unlinked.queryOptions());
  const link = async (transcriptionId: string, showId: number): Promise<void> => {
    await runAndNotify(() => client.cablecast.link({ transcriptionId, showId }));
    await unlinked.refetch();
  };
  if (unlinked.error) return <ProblemAlert error={unlinked.error} onRetry={() => void unlinked.refetch()} />;
  if (unlinked.data?.length === 0) return <Text c="dimmed">{t.allLinked}</Text>;
  return (
    <Stack gap="sm">
      {(unlinked.data ?? []).map(({ transcriptionId, filename, candidates }) => (
        <Card key={transcriptionId} withBorder padding="sm">
          <Text size="sm" fw={600}>
            {filename}
          </Text>
          {candidates.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t.noCandidates}
            </Text>
          ) : (
            candidates.map(({ showId, title, eventDate, score: likeness, reasons }) => (
              <Group key={showId} gap="sm" wrap="nowrap">
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => void link(transcriptionId, showId)}
                  aria-label={`${t.link}: ${title}`}
                >
                  {t.link}
                </Button>
                <Text size="sm">
                  {showId} {title} {eventDate}
                </Text>
                <Text size="sm" c="dimmed">
                  {score(likeness)} %, {reasons.join(", ")}
                </Text>
              </Group>
            ))
          )}
        </Card>
      ))}
    </Stack>
  );
}
