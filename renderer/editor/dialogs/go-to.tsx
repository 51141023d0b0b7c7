/** Dialog that goes to a caption by its number, or to a time. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { texts } from "../../texts/en.ts";
import { FormStack } from "../../ui/form-stack.tsx";
import { goToCue } from "../actions/cue-commands.ts";
import { useEditorSession } from "../context.ts";
import { parsePlace } from "../session/timecode-text.ts";

const t = texts.editor.goTo;

export function GoToDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const [text, setText] = useState("");
  const { cues } = session.document;
  const number = /^\d+$/.test(text.trim()) ? Number(text) : undefined;
  const ms = number === undefined ? parsePlace(text) : undefined;
  const cue = number === undefined ? undefined : cues[Math.min(cues.length, Math.max(1, number)) - 1];
  const isBad = text.trim() !== "" && ms === undefined && cue === undefined;
  const go = (): void => {
    if (isBad) return;
    if (cue !== undefined) session.activate(cue.id);
    else if (ms !== undefined) {
      goToCue(session, null, ms);
      session.playback.seek(Math.min(ms, session.meeting.durationMs));
    }
    onClose();
  };
  return (
    <FormStack onSubmit={go}>
      <TextInput
        label={t.label}
        description={t.lead(cues.length)}
        value={text}
        error={isBad ? t.bad : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" disabled={isBad || text.trim() === ""}>
        {t.go}
      </Button>
    </FormStack>
  );
}
