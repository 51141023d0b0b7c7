/** Form that asks for a short text. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { texts } from "../../texts/en.ts";

const t = texts.editor;

export function PromptDialog({
  label,
  start,
  onDone,
}: {
  readonly label: string;
  readonly start: string;
  readonly onDone: (text: string) => void;
}) {
  const [text, setText] = useState(start);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim());
      }}
    >
      <TextInput label={label} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
      <Button type="submit" mt="md">
        {t.speakers.set}
      </Button>
    </form>
  );
}
