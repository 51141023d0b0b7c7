/** Suggested replacements for the selected word, each with its key. */
import { Button, Kbd, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { ActionButton } from "../actions/action-button.tsx";
import { formatFirstKey } from "../actions/keymap.ts";
import { findAction } from "../actions/registry.ts";
import { texts } from "../texts/en.ts";
import { type Suggestion, suggestionsFor } from "./actions/review-commands.ts";
import { findStyleOfWord, takeStyleBack } from "./actions/style-commands.ts";
import { useEditor, useEditorSession } from "./context.ts";
import classes from "./list/list.module.css";

const t = texts.editor.style;

/** The key of an action in review mode, formatted for this keyboard. */
const formatKey = (id: string): string => {
  const action = findAction(id);
  return action === undefined ? "" : (formatFirstKey(action, "review") ?? "");
};

export function Suggestions() {
  const session = useEditorSession();
  const marks = useEditor((state) => state.marksVersion);
  const active = useEditor((state) => state.activeCueId);
  const wordIndex = useEditor((state) => state.wordIndex);
  const cues = useEditor(({ document }) => document.cues);
  const [suggestion, setSuggestion] = useState<Suggestion>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched again whenever another word is selected
  useEffect(() => {
    let isOld = false;
    setSuggestion(undefined);
    void suggestionsFor(session).then((found) => {
      if (!isOld) setSuggestion(found);
    });
    return () => {
      isOld = true;
    };
  }, [session, active, wordIndex, cues, marks]);
  const styled = findStyleOfWord(session);
  const cue = session.activeCue;
  const marked = cue === undefined || wordIndex === null ? undefined : session.transcript.marked(cue)[wordIndex];
  const reasons = marked?.suspicion?.reasons.map((reason) => texts.editor.reasons[reason]).join(", ");
  // Its line is there before what is suggested has been found: the rows below move once.
  return (
    <div className={classes.suggestions} data-testid={suggestion === undefined ? undefined : "offers"}>
      {reasons === undefined ? null : (
        <Text size="xs" c="dimmed" role="status">
          {reasons}
        </Text>
      )}
      {suggestion?.words.map((word, index) => (
        <Button
          key={word}
          size="compact-xs"
          variant="default"
          leftSection={<Kbd size="xs">{formatKey(`suggestion-${index + 1}`)}</Kbd>}
          onClick={() => suggestion.use(word)}
        >
          {word}
        </Button>
      ))}
      {styled === undefined ? null : (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t.takeBackThis(styled.edit.written, styled.edit.heard)}
          onClick={() => takeStyleBack(session, [styled])}
        >
          {t.recognizedAs(styled.edit.heard)}
        </Button>
      )}
      {suggestion?.isUnknown ? (
        <ActionButton
          action="learn"
          size="compact-xs"
          variant="subtle"
          leftSection={<Kbd size="xs">{formatKey("learn")}</Kbd>}
        />
      ) : null}
    </div>
  );
}
