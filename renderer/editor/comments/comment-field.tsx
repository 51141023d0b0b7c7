/** Where a comment is written: `@` offers the names of people. */
import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { texts } from "../../texts/en.ts";
import { listMentions, takeMention } from "./threads.ts";

const t = texts.editor.comments;

interface CommentFieldProps {
  readonly label: string;
  readonly people: readonly string[];
  /** @returns whether it was kept */
  readonly onSend: (text: string) => Promise<boolean>;
  /** Called with each letter. @param isEmpty nothing is left */
  readonly onWrite?: (isEmpty: boolean) => void;
  readonly autoFocus?: boolean;
}

export function CommentField({ label, people, onSend, onWrite, autoFocus = false }: CommentFieldProps) {
  const [text, setText] = useState("");
  const [isSending, setIsSending] = useState(false);
  const mentions = listMentions(text, people);
  const send = async (): Promise<void> => {
    if (text.trim() === "" || isSending) return;
    setIsSending(true);
    // What was written stays until it is on the station's disk.
    if (await onSend(text.trim())) setText("");
    setIsSending(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Textarea
        size="xs"
        label={label}
        placeholder={t.placeholder}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        value={text}
        autoFocus={autoFocus}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onWrite?.(event.currentTarget.value === "");
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      {mentions.length === 0 ? null : (
        <Group gap={4} mt={4} aria-label={t.people}>
          {mentions.map((name) => (
            <Button key={name} size="compact-xs" variant="light" onClick={() => setText(takeMention(text, name))}>
              @{name}
            </Button>
          ))}
        </Group>
      )}
      <Button type="submit" size="compact-sm" mt={6} disabled={text.trim() === ""} loading={isSending}>
        {t.send}
      </Button>
    </form>
  );
}
