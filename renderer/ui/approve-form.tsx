/** Asks for an approval: what keeps captions from being approved, and the reason that accepts their warnings. */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { texts } from "../texts/en.ts";
import { FormStack } from "./form-stack.tsx";

const t = texts.editor;

interface ApproveFormProps {
  readonly errors: number;
  /** Places in which people speak and captions are missing; errors, too. */
  readonly gaps: number;
  readonly warnings: number;
  /** More that is to be known before. */
  readonly notes?: readonly string[];
  /** Something else keeps them back. */
  readonly isHeld?: boolean;
  /** @returns when the station has answered */
  readonly onApprove: (reason: string) => Promise<void>;
}

export function ApproveForm({ errors, gaps, warnings, notes = [], isHeld = false, onApprove }: ApproveFormProps) {
  const [reason, setReason] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const apply = async (): Promise<void> => {
    // Ensures that it is submitted once, however often `Enter` is pressed in the meantime.
    setIsBusy(true);
    await onApprove(reason.trim());
    setIsBusy(false);
  };
  const isReady = !isBusy && !isHeld && errors === 0 && (warnings === 0 || reason.trim() !== "");
  return (
    <FormStack onSubmit={() => (isReady ? void apply() : undefined)}>
      <Text size="sm">{t.approveLead}</Text>
      {notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      {errors > 0 ? (
        <Text size="sm" c="red" role="alert">
          {t.approveErrors(errors)}
          {gaps > 0 ? ` ${t.approveGaps(gaps, errors)}` : null}
        </Text>
      ) : null}
      {warnings > 0 ? (
        <TextInput
          label={t.approveWarnings(warnings)}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      ) : null}
      <Group>
        <Button type="submit" loading={isBusy} disabled={!isReady} data-autofocus={warnings === 0 || undefined}>
          {t.approveNow}
        </Button>
      </Group>
    </FormStack>
  );
}
