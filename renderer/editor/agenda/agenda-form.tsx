/** What was found of an agenda: each item with its time, to be heard, set and chosen; and names for the glossary. */
import { ActionIcon, Button, Checkbox, Group, Text } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { useEditorSession } from "../context.ts";
import classes from "./agenda.module.css";
import { ItemTime } from "./item-time.tsx";

const t = texts.editor.agenda;

export type ReadAgenda = Awaited<ReturnType<typeof client.editor.readAgenda>>;

interface Item {
  readonly key: number;
  readonly title: string;
  readonly level: number;
  /** Milliseconds; null: not found. */
  readonly atMs: number | null;
  /** 0 to 1; null: a person has said where it begins. */
  readonly confidence: number | null;
  readonly isChosen: boolean;
}

const toItem = ({ number, title, level, startMs, confidence }: ReadAgenda["items"][number], key: number): Item => ({
  key,
  title: number === null ? title : `${number}. ${title}`,
  level,
  atMs: startMs,
  confidence,
  isChosen: startMs !== null,
});

/** How long an item is heard, in milliseconds. */
const hearMs = 5_000;

interface AgendaFormProps {
  readonly name: string;
  readonly agenda: ReadAgenda;
  readonly onDone: () => void;
}

export function AgendaForm({ name, agenda, onDone }: AgendaFormProps) {
  const session = useEditorSession();
  const { glossaryName } = session.meeting;
  const [items, setItems] = useState<readonly Item[]>(() => agenda.items.map(toItem));
  const [names, setNames] = useState<ReadonlySet<string>>(
    () => new Set(agenda.names.filter(({ isSure }) => isSure).map((each) => each.name)),
  );
  const hasChapters = session.document.marks.some(({ kind }) => kind === "chapter");
  const [replaces, setReplaces] = useState(true);
  const change = (key: number, part: Partial<Item>): void =>
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...part } : item)));
  const chosen = items.flatMap(({ isChosen, atMs, title }) =>
    isChosen && atMs !== null ? [{ atMs, text: title }] : [],
  );
  const chosenNames = glossaryName === null ? [] : [...names];
  const add = async (): Promise<void> => {
    const isTaken =
      chosen.length === 0 ||
      session.edit({ type: "agenda", from: name, items: chosen, replaces: hasChapters && replaces });
    // What was chosen stays where it could not be taken over.
    if (!isTaken) return;
    if (glossaryName !== null && chosenNames.length > 0) {
      await runAndNotify(
        async () => {
          for (const term of chosenNames) await client.glossary.add({ city: glossaryName, term });
        },
        () => t.namesAdded(chosenNames.length, glossaryName),
      );
    }
    onDone();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Text size="sm">{t.lead(items.filter(({ confidence }) => confidence !== 0).length, items.length)}</Text>
      <ul className={classes.items} aria-label={t.items}>
        {items.map(({ key, title, level, atMs, confidence, isChosen }) => (
          <li key={key} className={classes.item} style={{ paddingInlineStart: level * 22 }}>
            <Checkbox
              size="sm"
              label={title}
              aria-label={t.take(title)}
              checked={isChosen && atMs !== null}
              disabled={atMs === null}
              onChange={(event) => change(key, { isChosen: event.currentTarget.checked })}
              className={classes.title}
            />
            <ItemTime
              title={title}
              atMs={atMs}
              confidence={confidence}
              onSet={(next) => change(key, { atMs: next, confidence: null, isChosen: true })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.hear(title)}
              title={t.hear(title)}
              disabled={atMs === null}
              onClick={() => session.playback.play(atMs ?? 0, (atMs ?? 0) + hearMs)}
            >
              <IconPlayerPlay size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {hasChapters ? (
        <Checkbox
          size="sm"
          label={t.replaces}
          checked={replaces}
          onChange={(event) => setReplaces(event.currentTarget.checked)}
        />
      ) : null}
      {glossaryName !== null && agenda.names.length > 0 ? (
        <Checkbox.Group
          label={t.names(glossaryName)}
          value={[...names]}
          onChange={(value) => setNames(new Set(value))}
          className={classes.names}
        >
          <Group gap="xs" mt={6}>
            {agenda.names.map((each) => (
              <Checkbox
                key={each.name}
                size="sm"
                value={each.name}
                label={each.name}
                aria-label={t.addName(each.name)}
              />
            ))}
          </Group>
        </Checkbox.Group>
      ) : null}
      <Group>
        <Button type="submit" disabled={chosen.length + chosenNames.length === 0} data-autofocus>
          {chosen.length === 0 && chosenNames.length > 0 ? t.addNames(chosenNames.length) : t.add(chosen.length)}
        </Button>
      </Group>
    </form>
  );
}
