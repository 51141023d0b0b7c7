/** How far a meeting is, as a colored badge. */
import { Badge } from "@mantine/core";
import type { MeetingRow } from "../../electron/contract/api/library.ts";
import { texts } from "../texts/en.ts";
import { RetryBadge } from "./retry-badge.tsx";

const colors = {
  pending: "gray",
  processing: "blue",
  completed: "teal",
  needs_review: "orange",
  failed: "red",
  cancelled: "gray",
} as const;

export function MeetingState({ status, retryDate }: Pick<MeetingRow, "status" | "retryDate">) {
  if (retryDate !== null) return <RetryBadge at={retryDate} />;
  return (
    <Badge variant="light" tt="none" color={colors[status]}>
      {texts.library.states[status]}
    </Badge>
  );
}
