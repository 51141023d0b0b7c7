/** Asks whether letters that arrived as commands were meant as text, and takes back what they did. */
import { Alert, Button, Group, Kbd, Text } from "@mantine/core";
import { texts } from "../texts/en.ts";
import { useEditor, useEditorSession } from "./context.ts";
import type { EditorSession } from "./session/session.ts";

const t = texts.editor.typingQuestion;

/** Takes back the steps that the letters have caused, and goes to the text of the caption where they began. */
export async function typeInstead(session: EditorSession): Promise<void> {
  const { typingQuestion: question } = session.state;
  if (question === null || question.isAnswered) return;
  // Until everything is taken back, letters are neither commands nor text.
  session.store.setState({ typingQuestion: { ...question, isAnswered: true } });
  try {
    for (let left = session.editCount - question.editCount; left > 0; left--) await session.undo();
  } finally {
    session.store.setState({ typingQuestion: null });
  }
  if (question.cue === null) return;
  session.activate(question.cue, { mode: session.state.isWriter ? "type" : "review", wordIndex: question.wordIndex });
}

/** The letters were meant as commands. */
export const keepCommands = (session: EditorSession): void => session.store.setState({ typingQuestion: null });

export function TypingQuestion() {
  const session = useEditorSession();
  const question = useEditor((state) => state.typingQuestion);
  if (question === null) return null;
  const count = session.editCount - question.editCount;
  return (
    <Alert color="orange" radius={0} py={4} role="alert">
      <Group gap="sm">
        <Text size="sm">
          <b>{t.title}</b> {t.lead(count)}
        </Text>
        <Button size="compact-sm" leftSection={<Kbd size="xs">Enter</Kbd>} onClick={() => void typeInstead(session)}>
          {count === 0 ? t.type : t.takeBack(count)}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Kbd size="xs">Esc</Kbd>}
          onClick={() => keepCommands(session)}
        >
          {t.keep}
        </Button>
      </Group>
    </Alert>
  );
}
