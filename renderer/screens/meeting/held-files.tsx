/** Says that the files of a meeting wait for their share. */
import { Alert, Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import type { MeetingView } from "./details.tsx";

const t = texts.work.held;

export function HeldFiles({ view: { heldFiles } }: { readonly view: Pick<MeetingView, "heldFiles"> }) {
  if (heldFiles === null) return null;
  const { share, place, jobId, problem } = heldFiles;
  return (
    <Alert color="orange" py="xs" mb="xs" title={t.title}>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {share === null ? t.noShare(place) : t.lead(share, place)}
      </Text>
      {jobId === null ? null : (
        <Anchor component={Link} href={`/queue/${jobId}`} size="sm">
          {t.job}
        </Anchor>
      )}
      {problem === null ? null : <ProblemAlert error={{ data: problem }} />}
    </Alert>
  );
}
