/** Dialog that approves the captions as an immutable version; not possible while an error is open. */
import { isSpeechGap } from "../../../electron/captions/quality/speech-gap-issues.ts";
import { ApproveForm } from "../../ui/approve-form.tsx";
import { useEditor, useEditorSession } from "../context.ts";
import { approve } from "../session/versions.ts";

export function Approve({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const issues = useEditor((state) => state.issues);
  const errors = issues.filter(({ severity }) => severity === "error");
  return (
    <ApproveForm
      errors={errors.length}
      gaps={errors.filter(isSpeechGap).length}
      warnings={issues.length - errors.length}
      onApprove={async (reason) => {
        if (await approve(session, reason)) onClose();
      }}
    />
  );
}
