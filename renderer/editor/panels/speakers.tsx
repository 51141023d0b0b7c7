/** Who speaks: the names of this meeting with their keys, and those of the city; typing narrows them down. */
import { ActionIcon, Checkbox, Kbd, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { withoutAccents } from "../../../electron/captions/editing/find.ts";
import { texts } from "../../texts/en.ts";
import { setSpeaker } from "../actions/speaker-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { findSpeakerColor } from "../speaker-colors.ts";
import { RenameSpeaker } from "./rename-speaker.tsx";

const t = texts.editor.speakers;

interface Choice {
  readonly name: string;
  /** Its digit; undefined: it is not among the first nine. */
  readonly number: number | undefined;
  readonly lead: string;
}

const fold = (text: string): string => withoutAccents(text).toLowerCase();

/** The names of this meeting in the order in which they first speak, and then those of the city that nobody has yet. */
function useChoices(filter: string): readonly Choice[] {
  const { transcript } = useEditorSession();
  const cues = useEditor(({ document }) => document.cues);
  const speakers = useEditor((state) => state.speakers);
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { speaker } of cues) if (speaker !== undefined) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
    const own = speakers.map((name, at) => ({
      name,
      number: at < 9 ? at + 1 : undefined,
      lead: t.lines(counts.get(name) ?? 0),
    }));
    const others = transcript.glossary
      .filter((name) => !counts.has(name))
      .map((name) => ({ name, number: undefined, lead: t.city }));
    const sought = fold(filter.trim());
    return [...own, ...(sought === "" ? [] : others)].filter(({ name }) => fold(name).includes(sought));
  }, [cues, speakers, transcript, filter]);
}

/** What Enter takes: the name itself, otherwise the first in which a word begins so, otherwise a new name. */
function findChoice(choices: readonly Choice[], typed: string): string {
  const sought = fold(typed);
  const exact = choices.find(({ name }) => fold(name) === sought);
  const begins = choices.find(({ name }) =>
    fold(name)
      .split(/\s+/)
      .some((_, at, words) => words.slice(at).join(" ").startsWith(sought)),
  );
  return (exact ?? begins)?.name ?? typed;
}

interface SpeakersProps {
  /** Called when a name was set; in a dialog, digits choose a name at once. */
  readonly onDone?: () => void;
}

export function Speakers({ onDone }: SpeakersProps) {
  const session = useEditorSession();
  const speakers = useEditor((state) => state.speakers);
  const [filter, setFilter] = useState("");
  const [isRun, setIsRun] = useState(false);
  const [renamed, setRenamed] = useState<string>();
  const isWriter = useEditor((state) => state.isWriter);
  const choices = useChoices(filter);
  const typed = filter.trim();
  const isNew = typed !== "" && !choices.some(({ name }) => fold(name) === fold(typed));
  const set = (speaker: string | null): void => {
    setSpeaker(session, speaker, isRun ? "run" : "chosen");
    setFilter("");
    onDone?.();
  };
  const setLatest = useRef(set);
  setLatest.current = set;
  // A digit chooses as long as nothing is typed: no name begins with one.
  useEffect(() => {
    if (onDone === undefined) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      // Where a layout has letters on the digits' keys, they are letters.
      const number = /^[1-9]$/.test(event.key) ? event.key : undefined;
      const field = event.target instanceof HTMLInputElement ? event.target.value : "";
      if (number === undefined || field !== "" || event.ctrlKey || event.metaKey || event.altKey) return;
      const name = session.state.speakers[Number(number) - 1];
      if (name === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setLatest.current(name);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [session, onDone]);
  return (
    <div className={classes.speakers}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== "") set(findChoice(choices, typed));
        }}
      >
        <TextInput
          size="xs"
          label={t.name}
          placeholder={t.filter}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          data-autofocus
        />
      </form>
      <Checkbox size="xs" label={t.run} checked={isRun} onChange={(event) => setIsRun(event.currentTarget.checked)} />
      <div className={classes.entries}>
        {speakers.length === 0 && typed === "" ? <Text size="sm">{t.none}</Text> : null}
        {choices.map(({ name, number, lead }) => (
          <div key={name} className={classes.speakerRow}>
            <UnstyledButton className={classes.entry} onClick={() => set(name)}>
              <span className={classes.speakerDot} data-speaker={findSpeakerColor(speakers, name)} />
              {name} <span className={classes.small}>{lead}</span>
              {number === undefined ? null : <Kbd size="xs">{number}</Kbd>}
            </UnstyledButton>
            {isWriter && speakers.includes(name) ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t.rename(name)}
                title={t.rename(name)}
                aria-expanded={renamed === name}
                onClick={() => setRenamed(renamed === name ? undefined : name)}
              >
                <IconPencil size={16} aria-hidden />
              </ActionIcon>
            ) : null}
            {renamed === name ? <RenameSpeaker name={name} onDone={() => setRenamed(undefined)} /> : null}
          </div>
        ))}
        {isNew ? (
          <UnstyledButton className={classes.entry} onClick={() => set(typed)}>
            {t.add(typed)}
          </UnstyledButton>
        ) : null}
        <UnstyledButton className={classes.entry} onClick={() => set(null)}>
          {t.noOne}
        </UnstyledButton>
      </div>
    </div>
  );
}
