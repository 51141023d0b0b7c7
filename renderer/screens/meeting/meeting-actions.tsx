/** Controls beside the title of a meeting: status, editor link, and approval. */
import { Anchor, Badge, Button } from "@mantine/core";
import { Link } from "wouter";
import type { Role } from "../../../electron/contract/api/base.ts";
import { texts } from "../../texts/en.ts";
import { score } from "../../ui/format.ts";
import { MeetingState } from "../../ui/meeting-state.tsx";
import { Approval } from "./approval.tsx";
import type { MeetingView } from "./details.tsx";

const t = texts.meeting;

interface MeetingActionsProps {
  readonly view: MeetingView;
  readonly role: Role;
  readonly onApproved: () => void;
}

export function MeetingActions({ view, role, onApproved }: MeetingActionsProps) {
  return (
    <>
      <Anchor component={Link} href="/library" size="sm">
        {t.back}
      </Anchor>
      <MeetingState {...view.meeting} />
      {view.meeting.score === null ? null : (
        <Badge variant="light" tt="none" color={view.meeting.score >= 0.8 ? "teal" : "orange"}>
          {t.score} {score(view.meeting.score)}
        </Badge>
      )}
      {view.versions.length > 0 ? (
        <Button component={Link} href={`/edit/${view.meeting.id}`} size="xs">
          {texts.editor.open}
        </Button>
      ) : null}
      <Approval view={view} role={role} onChange={onApproved} />
    </>
  );
}
