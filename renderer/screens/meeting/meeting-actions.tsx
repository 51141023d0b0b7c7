/** Controls beside the title of a meeting: status, editor link, and approval. */
import { Anchor, Badge, Button } from "@mantine/core";
import { Link } from "wouter";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { score } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";

const t = texts.meeting;

interface MeetingActionsProps {
  readonly view: Awaited<ReturnType<typeof client.meeting.show>>;
  readonly role: Role;
  readonly onApproved: () => void;
}

export function MeetingActions({ view, role, onApproved }: MeetingActionsProps) {
  const isApproved = view.versions[0]?.approvedBy;
  return (
    <>
      <Anchor component={Link} href="/library" size="sm">
        {t.back}
      </Anchor>
      <Badge variant="light" tt="none">
        {texts.library.states[view.meeting.status]}
      </Badge>
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
      {isApproved ? (
        <Badge variant="light" tt="none" color="teal">
          {t.approved(isApproved)}
        </Badge>
      ) : mayAct(role, "operator") && view.versions.length > 0 ? (
        <Button
          size="xs"
          variant="default"
          onClick={async () => {
            await runAndNotify(() => client.meeting.approve({ id: view.meeting.id }));
            onApproved();
          }}
        >
          {t.approve}
        </Button>
      ) : null}
    </>
  );
}
