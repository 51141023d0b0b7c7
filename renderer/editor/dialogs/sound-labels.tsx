/** Dialog that inserts a label for a non-speech sound; each label has a letter as its key. */
import { Button, Group } from "@mantine/core";
import { useEffect, useRef } from "react";
import { cueText } from "../../../electron/captions/cue.ts";
import { wordsOfText } from "../../../electron/captions/editing/cue-text.ts";
import { texts } from "../../texts/en.ts";
import { useEditorSession } from "../context.ts";

const t = texts.editor;

export function SoundLabelsDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const insert = (label: string): void => {
    const cue = session.activeCue;
    if (cue !== undefined) {
      const isEmpty = wordsOfText(cueText(cue)).length === 0;
      const lines = isEmpty ? [label] : [...cue.lines.slice(0, -1), `${cue.lines.at(-1)} ${label}`];
      session.edit({ type: "text", cue: cue.id, lines });
    }
    onClose();
  };
  const insertLatest = useRef(insert);
  insertLatest.current = insert;
  // Listens on the window from the first moment: the letter is often pressed before the dialog has the focus.
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const label = t.labels.list.find(([code]) => code === event.code);
      if (label === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      insertLatest.current(label[2]);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
  return (
    <Group gap="xs">
      {t.labels.list.map(([code, key, label], index) => (
        <Button
          key={code}
          variant="default"
          data-autofocus={index === 0 || undefined}
          leftSection={<b>{key}</b>}
          onClick={() => insert(label)}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}
