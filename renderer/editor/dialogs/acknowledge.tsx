/** Dialog that acknowledges the warnings of the active caption with a reason. */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { cueOfIssue, findDismissals } from "../../../electron/captions/editing/document-issues.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { PromptDialog } from "./prompt.tsx";

const t = texts.editor;

export function AcknowledgeDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const active = useEditor((state) => state.activeCueId);
  // The warnings at opening: a check that ends later must not take the field away from under the reason being typed.
  const [own] = useState(() =>
    session.state.issues.filter(
      (issue) => issue.severity === "warning" && cueOfIssue(session.document, issue) === active,
    ),
  );
  if (own.length === 0) {
    return (
      <>
        <Text size="sm">{t.issues.noWarnings}</Text>
        <Button mt="md" onClick={onClose} data-autofocus>
          {texts.close}
        </Button>
      </>
    );
  }
  return (
    <>
      {own.map(({ rule, message }) => (
        <Text key={`${rule} ${message}`} size="sm">
          {message}
        </Text>
      ))}
      <PromptDialog
        label={t.issues.reason}
        start=""
        onDone={(text) => {
          const dismissals = findDismissals(session.document, own);
          session.edit({ type: "ticks", text: text === "" ? t.accepted : text, issues: dismissals });
          onClose();
        }}
      />
    </>
  );
}
