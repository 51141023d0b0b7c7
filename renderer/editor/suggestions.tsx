/** What the word that is looked at may have been meant to be, each with its key. */
import { Button, Kbd, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { ActionButton } from "../actions/action-button.tsx";
import { keysFor } from "../actions/keymap.ts";
import { formatKeys } from "../actions/keys.ts";
import { findAction } from "../actions/registry.ts";
import { type Suggestion, suggestionsFor } from "./actions/review-commands.ts";
import { useEditor, useEditorSession } from "./context.ts";
import classes from "./editor.module.css";

/** The key that does it while captions are reviewed, as it stands on the keyboard. */
const formatKey = (id: string): string => {
  const action = findAction(id);
  return action === undefined ? "" : formatKeys(keysFor(action, "review")[0] ?? "");
};

export function Suggestions() {
  const session = useEditorSession();
  const marks = useEditor((state) => state.marksVersion);
  const active = useEditor((state) => state.active);
  const spot = useEditor((state) => state.wordIndex);
  const cues = useEditor(({ document }) => document.cues);
  const [offered, setOffered] = useState<Suggestion>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew whenever another word is looked at
  useEffect(() => {
    let isOld = false;
    setOffered(undefined);
    void suggestionsFor(session).then((found) => {
      if (!isOld) setOffered(found);
    });
    return () => {
      isOld = true;
    };
  }, [session, active, spot, cues, marks]);
  if (offered === undefined) return null;
  return (
    <div className={classes.offers} data-testid="offers">
      <Text size="sm" fw={600}>
        {offered.word}
      </Text>
      {offered.words.map((word, index) => (
        <Button
          key={word}
          size="compact-sm"
          variant="default"
          leftSection={<Kbd size="xs">{formatKey(`suggestion-${index + 1}`)}</Kbd>}
          onClick={() => offered.use(word)}
        >
          {word}
        </Button>
      ))}
      {offered.isUnknown ? (
        <ActionButton
          action="learn"
          size="compact-sm"
          variant="subtle"
          leftSection={<Kbd size="xs">{formatKey("learn")}</Kbd>}
        />
      ) : null}
    </div>
  );
}
