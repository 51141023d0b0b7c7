/** What the city's style has written into the captions, with the words as they were recognized: to see and to take back. */
import { Button, Group, Select, Text, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import type { StyleInCaptions } from "../../../electron/captions/editing/take-back-style.ts";
import { type StylePartName, stylePartNames } from "../../../electron/captions/house-style/style.ts";
import { texts } from "../../texts/en.ts";
import { findStyle, takeStyleBack } from "../actions/style-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { formatTime } from "../format-time.ts";

const t = texts.editor.style;
const entryHeight = 54;

function StyleEntry({ styled }: { readonly styled: StyleInCaptions }) {
  const session = useEditorSession();
  const isWriter = useEditor((state) => state.isWriter);
  const { heard, written, first, rule } = styled.edit;
  const place = styled.places[0];
  return (
    <>
      <UnstyledButton
        className={classes.entry}
        style={{ flex: 1, overflow: "hidden" }}
        onClick={() => place !== undefined && session.activate(place.cue, { wordIndex: place.word })}
      >
        <Text size="xs" truncate>
          <Text span size="xs" c="dimmed">
            {formatTime(session.transcript.words[first]?.startMs ?? 0)} {t.rules[rule]}
          </Text>{" "}
          {written}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {t.recognizedAs(heard)}
        </Text>
      </UnstyledButton>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        disabled={!isWriter}
        aria-label={t.takeBackThis(written, heard)}
        onClick={() => takeStyleBack(session, [styled])}
      >
        {t.takeBack}
      </Button>
    </>
  );
}

export function StylePanel() {
  const session = useEditorSession();
  const isWriter = useEditor((state) => state.isWriter);
  const cues = useEditor(({ document }) => document.cues);
  const [rule, setRule] = useState<StylePartName | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const all = useMemo(() => findStyle(session, cues), [session, cues]);
  const shown = rule === null ? all : all.filter(({ edit }) => edit.rule === rule);
  const rules = stylePartNames.filter((name) => all.some(({ edit }) => edit.rule === name));
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => entryHeight,
    overscan: 10,
  });
  return (
    <>
      <Text size="xs" c="dimmed">
        {all.length === 0 ? t.none : t.lead}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Select
          size="xs"
          style={{ flex: 1 }}
          aria-label={texts.editor.sidePanel.style}
          placeholder={t.all}
          clearable
          data={rules.map((value) => ({ value, label: t.rules[value] }))}
          value={rule}
          onChange={(value) => setRule(value as StylePartName | null)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={!isWriter || shown.length === 0}
          onClick={() => takeStyleBack(session, shown)}
        >
          {t.takeBackAll(shown.length)}
        </Button>
      </Group>
      <div ref={scroller} className={classes.entries}>
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const styled = shown[index];
            if (styled === undefined) return null;
            return (
              <div
                key={styled.edit.wordIndex}
                style={{ position: "absolute", top: start, insetInline: 0, display: "flex", height: entryHeight }}
              >
                <StyleEntry styled={styled} />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
