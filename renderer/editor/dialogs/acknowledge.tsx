/** Dialog that acknowledges the warnings of the active caption with a reason. */
import { Text } from "@mantine/core";
import { cueOfIssue, findDismissals } from "../../../electron/captions/editing/document-issues.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { PromptDialog } from "./prompt.tsx";

const t = texts.editor;

export function AcknowledgeDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const issues = useEditor((state) => state.issues);
  const active = useEditor((state) => state.activeCueId);
  const own = issues.filter((issue) => issue.severity === "warning" && cueOfIssue(session.document, issue) === active);
  if (own.length === 0) return <Text size="sm">{t.issues.noWarnings}</Text>;
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
