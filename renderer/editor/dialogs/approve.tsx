/** What is here becomes a version that never changes; nothing with an open error does. */
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { texts } from "../../texts/en.ts";
import { useEditor, useSession } from "../context.ts";
import { approve } from "../session/versions.ts";

const words = texts.editor;

export function Approve({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const issues = useEditor((state) => state.issues);
  const [reason, setReason] = useState("");
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const warnings = issues.length - errors;
  const apply = async (): Promise<void> => {
    if (await approve(session, reason.trim())) onClose();
  };
  const isReady = errors === 0 && (warnings === 0 || reason.trim() !== "");
  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        if (isReady) void apply();
      }}
    >
      <Text size="sm">{words.approveLead}</Text>
      {errors > 0 ? (
        <Text size="sm" c="red" role="alert">
          {words.approveErrors(errors)}
        </Text>
      ) : null}
      {warnings > 0 ? (
        <TextInput
          label={words.approveWarnings(warnings)}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      ) : null}
      <Group>
        <Button type="submit" disabled={!isReady} data-autofocus={warnings === 0 || undefined}>
          {words.approveNow}
        </Button>
      </Group>
    </Stack>
  );
}
