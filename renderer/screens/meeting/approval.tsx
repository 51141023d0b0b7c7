/** Approving a meeting's captions from its page, by the rules of the editor, and taking the approval back. */
import { Badge, Button, List, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { ApproveForm } from "../../ui/approve-form.tsx";
import { FormStack } from "../../ui/form-stack.tsx";
import { clock, moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import type { MeetingView } from "./details.tsx";

const t = texts.meeting.approval;

interface ApprovalProps {
  readonly view: MeetingView;
  readonly role: Role;
  readonly onChange: () => void;
}

interface DialogProps {
  readonly id: string;
  /** Called when the dialog ends, with or without a change. */
  readonly onDone: () => void;
}

/** What is open is asked anew: the captions may have been edited since the page was opened. */
function ApproveMeeting({ id, onDone }: DialogProps) {
  const state = useQuery(api.meeting.approval.queryOptions({ input: { id }, staleTime: 0 }));
  if (state.error) return <ProblemAlert error={state.error} onRetry={() => void state.refetch()} />;
  if (state.data === undefined) return <Text size="sm">{texts.loading}</Text>;
  const { open, unsavedEdits, correctedBy } = state.data;
  const notes = [
    ...(correctedBy === null ? [] : [t.correctedBy(correctedBy)]),
    ...(unsavedEdits === 0 ? [] : [t.takesAlong(unsavedEdits)]),
  ];
  return (
    <ApproveForm
      {...open}
      notes={notes}
      isHeld={correctedBy !== null}
      onApprove={async (reason) => {
        const input = { id, ...(reason === "" ? {} : { reason }) };
        const done = await runAndNotify(
          () => client.meeting.approve(input),
          () => texts.editor.approved,
        );
        if (done !== undefined) onDone();
      }}
    />
  );
}

/** Who has approved, why, and what was edited since. */
function HeldApproval({ id, role, onDone }: DialogProps & { readonly role: Role }) {
  const state = useQuery(api.meeting.approval.queryOptions({ input: { id }, staleTime: 0 }));
  const [reason, setReason] = useState("");
  if (state.error) return <ProblemAlert error={state.error} onRetry={() => void state.refetch()} />;
  const { approval = null, changes = [], changeCount = 0 } = state.data ?? {};
  if (approval === null) return <Text size="sm">{texts.loading}</Text>;
  const takeBack = async (): Promise<void> => {
    const input = { id, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) };
    const done = await runAndNotify(
      () => client.meeting.takeBackApproval(input),
      () => t.takenBack,
    );
    if (done !== undefined) onDone();
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{t.held(approval.version, approval.by, moment(approval.date))}</Text>
      {approval.reasons.length === 0 ? null : (
        <List size="sm" aria-label={t.reasons}>
          {approval.reasons.map(({ rule, atMs, reason: why }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is static
            <List.Item key={index}>
              {clock(atMs)} {rule}: {why}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm">{t.since(approval.editsSince, changeCount)}</Text>
      {changes.length === 0 ? null : (
        <List size="sm" aria-label={t.changes}>
          {changes.map(({ atMs, before, after }) => (
            <List.Item key={`${atMs} ${before}`}>
              {clock(atMs)} <del>{before}</del> <ins>{after}</ins>
            </List.Item>
          ))}
        </List>
      )}
      {mayAct(role, "operator") ? (
        <FormStack onSubmit={() => void takeBack()}>
          <Text size="sm">{t.takeBackLead}</Text>
          <TextInput label={t.why} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <div>
            <Button type="submit" variant="default">
              {t.takeBack}
            </Button>
          </div>
        </FormStack>
      ) : null}
    </Stack>
  );
}

export function Approval({ view, role, onChange }: ApprovalProps) {
  const [shown, setShown] = useState<"approve" | "held">();
  const { approval, versions } = view;
  const { id } = view.meeting;
  const done = (): void => {
    setShown(undefined);
    onChange();
  };
  return (
    <>
      {approval === null ? null : (
        <Button size="xs" variant="subtle" color="teal" onClick={() => setShown("held")}>
          <Badge variant="light" tt="none" color={approval.editsSince > 0 ? "orange" : "teal"}>
            {texts.meeting.approved(approval.by)}
            {approval.editsSince > 0 ? `, ${t.editedSince(approval.editsSince)}` : ""}
          </Badge>
        </Button>
      )}
      {mayAct(role, "operator") &&
      versions.length > 0 &&
      (approval === null || !approval.isOfNewest || approval.editsSince > 0) ? (
        <Button size="xs" variant="default" onClick={() => setShown("approve")}>
          {texts.meeting.approve}
        </Button>
      ) : null}
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={shown === "held" ? t.title : texts.editor.approveTitle}
      >
        {shown === "approve" ? <ApproveMeeting id={id} onDone={done} /> : null}
        {shown === "held" ? <HeldApproval id={id} role={role} onDone={done} /> : null}
      </Modal>
    </>
  );
}
