/** How writing the files of a meeting goes: nothing once they are right. */
import { Loader, Text } from "@mantine/core";
import { texts } from "../texts/en.ts";
import { ProblemAlert } from "./problem.tsx";

const t = texts.meeting.export;

export interface ExportView {
  readonly state: string;
  readonly problem: { readonly code: string; readonly message: string; readonly remedy: string } | null;
}

export const isExporting = (job: ExportView | null | undefined): boolean =>
  job != null && ["queued", "running", "waiting"].includes(job.state);

interface ExportStateProps {
  readonly job: ExportView | null;
  readonly onRetry?: (() => void) | undefined;
}

export function ExportState({ job, onRetry }: ExportStateProps) {
  if (job === null) return null;
  if (isExporting(job)) {
    return (
      <Text size="sm" c="dimmed" role="status">
        <Loader size={12} mr={6} />
        {job.problem === null ? t.running : t.waiting(job.problem.message)}
      </Text>
    );
  }
  if (job.state !== "failed") return null;
  const { code = "internal", message = "", remedy = "" } = job.problem ?? {};
  const problem = { code, message: t.failed(message), remedy, retryable: true };
  return <ProblemAlert error={{ data: problem }} {...(onRetry === undefined ? {} : { onRetry })} />;
}
