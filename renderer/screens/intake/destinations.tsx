/** Where the files of the recordings will go, before anything starts. */
import { Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { IntakeDestination } from "../../../electron/contract/api/intake.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { isStartable, type Row } from "./list.ts";
import { toRecording } from "./to-recording.ts";

const t = texts.work.options;
const typingMs = 300;

/** The destinations of the recordings that can be started, by path. */
export function useDestinations(rows: readonly Row[]): ReadonlyMap<string, IntakeDestination> {
  const recordings = rows.filter(isStartable).flatMap(toRecording);
  const [asked] = useDebouncedValue(JSON.stringify(recordings), typingMs);
  const found = useQuery(
    api.intake.destinations.queryOptions({
      input: { recordings: JSON.parse(asked) as typeof recordings },
      enabled: asked !== "[]",
      placeholderData: keepPreviousData,
    }),
  );
  return new Map((found.data ?? []).map((destination) => [destination.path, destination]));
}

export function Destination({ destination }: { readonly destination: IntakeDestination }) {
  const { folder, reason, city, share, problem } = destination;
  const why = reason === "city" ? t.reasons.city(city ?? "") : t.reasons[reason];
  return (
    <>
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {t.files} {folder} ({why})
      </Text>
      {problem === null || share === null ? null : (
        <Text size="xs" c="orange">
          {t.away(share)} {problem}
        </Text>
      )}
    </>
  );
}
