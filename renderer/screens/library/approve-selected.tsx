/** Approves the selected meetings by the rules of the editor, and says of each one that is not approved why. */
import { Button, List, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { FormStack } from "../../ui/form-stack.tsx";
import { runAndNotify } from "../../ui/notify.ts";

const t = texts.library.approval;

interface ApproveSelectedProps {
  readonly ids: readonly string[];
  readonly onDone: () => void;
}

interface Refusal {
  readonly id: string;
  readonly name: string;
  readonly why: string;
}

export function ApproveSelected({ ids, onDone }: ApproveSelectedProps) {
  const [reason, setReason] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [refusals, setRefusals] = useState<readonly Refusal[]>();
  const approve = async (): Promise<void> => {
    setIsBusy(true);
    const input = { ids: [...ids], ...(reason.trim() === "" ? {} : { reason: reason.trim() }) };
    const results = await runAndNotify(() => client.library.approve(input));
    const refused = (results ?? []).flatMap(({ id, problem }) => (problem === null ? [] : [{ id, problem }]));
    const named = await Promise.all(
      refused.map(async ({ id, problem }) => {
        const meeting = await client.meeting.show({ id }).catch(() => undefined);
        return { id, name: meeting?.title ?? id, why: `${problem.message}. ${problem.remedy}` };
      }),
    );
    setIsBusy(false);
    if (results !== undefined) setRefusals(named);
  };
  if (refusals !== undefined) {
    return (
      <Stack gap="sm">
        <Text size="sm">{t.result(ids.length - refusals.length, refusals.length)}</Text>
        <List size="sm">
          {refusals.map(({ id, name, why }) => (
            <List.Item key={id}>
              <b>{name}</b>: {why}
            </List.Item>
          ))}
        </List>
        <div>
          <Button onClick={onDone} data-autofocus>
            {texts.close}
          </Button>
        </div>
      </Stack>
    );
  }
  return (
    <FormStack onSubmit={() => (isBusy ? undefined : void approve())}>
      <Text size="sm">{t.lead}</Text>
      <TextInput
        label={t.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <div>
        <Button type="submit" loading={isBusy}>
          {texts.editor.approveNow}
        </Button>
      </div>
    </FormStack>
  );
}
