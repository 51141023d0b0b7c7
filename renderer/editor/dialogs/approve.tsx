/** Dialog that approves the captions as an immutable version; not possible while an error is open. */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { isSpeechGap } from "../../../electron/captions/quality/speech-gap-issues.ts";
import { texts } from "../../texts/en.ts";
import { FormStack } from "../../ui/form-stack.tsx";
import { useEditor, useEditorSession } from "../context.ts";
import { approve } from "../session/versions.ts";

const t = texts.editor;

export function Approve({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const issues = useEditor((state) => state.issues);
  const [reason, setReason] = useState("");
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const warnings = issues.length - errors;
  const gaps = issues.filter((issue) => issue.severity === "error" && isSpeechGap(issue)).length;
  const [isBusy, setIsBusy] = useState(false);
  const apply = async (): Promise<void> => {
    // Ensures that it is submitted once, however often `Enter` is pressed in the meantime.
    setIsBusy(true);
    if (await approve(session, reason.trim())) onClose();
    setIsBusy(false);
  };
  const isReady = !isBusy && errors === 0 && (warnings === 0 || reason.trim() !== "");
  return (
    <FormStack onSubmit={() => (isReady ? void apply() : undefined)}>
      <Text size="sm">{t.approveLead}</Text>
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
