/** What the word that is looked at may have been meant to be, each with its key. */
import { Button, Kbd, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { texts } from "../texts/en.ts";
import { useActions, useEditor } from "./context.ts";
import classes from "./editor.module.css";
import { learnWord, type Suggestion, suggestionsFor } from "./keys/review.ts";

export function Suggestions() {
  const context = useActions();
  const { session } = context;
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
          leftSection={<Kbd size="xs">{index + 1}</Kbd>}
          onClick={() => offered.use(word)}
        >
          {word}
        </Button>
      ))}
      {offered.isUnknown ? (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Kbd size="xs">U</Kbd>}
          onClick={() => void learnWord(context)}
        >
          {texts.editor.spelling.learn}
        </Button>
      ) : null}
    </div>
  );
}
