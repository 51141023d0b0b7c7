/** Everybody else who has the meeting open; a click goes to where they are. */
import { Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { initials } from "../initials.ts";
import { indexOfCue, type PresentVisitor } from "../session/state.ts";
import classes from "./top-bar.module.css";

const t = texts.editor.people;

function Person({ name, cue }: PresentVisitor) {
  const session = useEditorSession();
  const index = useEditor((state) => indexOfCue(state, cue));
  const isWriter = useEditor(({ writer }) => writer?.name === name);
  const label = index === -1 ? t.here(name, isWriter) : t.at(name, index + 1, isWriter);
  return (
    <Tooltip label={label}>
      <UnstyledButton
        className={classes.person}
        data-writer={isWriter || undefined}
        onClick={() => {
          const found = session.document.cues[index];
          if (found !== undefined) session.activate(found.id);
        }}
      >
        <span aria-hidden>{initials(name)}</span>
        <VisuallyHidden>{label}</VisuallyHidden>
      </UnstyledButton>
    </Tooltip>
  );
}

export function People() {
  const present = useEditor((state) => state.present);
  if (present.length === 0) return null;
  return (
    <ul className={classes.people} aria-label={t.label}>
      {present.map((visitor, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: somebody can have two windows, and windows have no names
        <li key={`${visitor.name} ${index}`}>
          <Person {...visitor} />
        </li>
      ))}
    </ul>
  );
}
