/** The city's list of names; a click replaces the selected word with a name. */
import { Text, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { texts } from "../../texts/en.ts";
import { suggestionsFor } from "../actions/review-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";

const t = texts.editor.glossary;

export function GlossaryPanel() {
  const session = useEditorSession();
  const [filter, setFilter] = useState("");
  const spelling = useEditor((state) => state.spelling);
  const shown = session.transcript.glossary.filter((term) => term.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <>
      <Text size="xs" c="dimmed">
        {session.transcript.glossary.length === 0 ? t.none : t.lead}
      </Text>
      {spelling === "missing" ? (
        <Text size="xs" c="orange">
          {texts.editor.spelling.missing(session.transcript.language)}
        </Text>
      ) : null}
      <TextInput
        size="xs"
        aria-label={texts.editor.sidePanel.glossary}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      <div className={classes.entries}>
        {shown.map((term) => (
          <UnstyledButton
            key={term}
            className={classes.entry}
            onClick={() => void suggestionsFor(session).then((suggestion) => suggestion?.use(term))}
          >
            {term}
          </UnstyledButton>
        ))}
      </div>
    </>
  );
}
