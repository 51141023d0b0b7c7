/** Fixes of many captions at once: each is shown before and after, and can be left out; all that is taken is one edit. */
import { Button, Checkbox, Group, Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { cueText } from "../../../../electron/captions/cue.ts";
import type { EditCue } from "../../../../electron/captions/editing/document.ts";
import {
  type Fix,
  type FixFacts,
  type FixList,
  findFixes,
  fixLists,
} from "../../../../electron/captions/editing/fixes.ts";
import type { StyleEdit } from "../../../../electron/captions/house-style/style-edit.ts";
import { uncovered } from "../../../../electron/captions/time/span.ts";
import { formatDecimal } from "../../../texts/counted.ts";
import { texts } from "../../../texts/en.ts";
import { useEditor, useEditorSession } from "../../context.ts";
import classes from "../../editor.module.css";
import { formatTime } from "../../format-time.ts";
import type { EditorSession } from "../../session/session.ts";

const t = texts.editor.issues;
const maxShown = 300;

const toLength = (startMs: number, endMs: number): string => `${formatDecimal((endMs - startMs) / 1000, 2)} s`;

/** What a fix changes: texts where it changes texts, otherwise the times. */
function describeFix(cue: EditCue, { startMs, endMs, lines, pieces }: Fix): { before: string; after: string } {
  if (pieces !== undefined) {
    return { before: cueText(cue), after: pieces.map((piece) => piece.lines.join(" ")).join(" ¶ ") };
  }
  if (lines !== undefined) return { before: cue.lines.join(" / "), after: lines.join(" / ") };
  const [from, to] = [startMs ?? cue.startMs, endMs ?? cue.endMs];
  const toText = (start: number, end: number): string =>
    `${formatTime(start)}–${formatTime(end)}, ${toLength(start, end)}`;
  return { before: toText(cue.startMs, cue.endMs), after: toText(from, to) };
}

interface FixRowProps {
  readonly cue: EditCue;
  readonly index: number;
  readonly fix: Fix;
  readonly isIncluded: boolean;
  readonly onChange: (isIncluded: boolean) => void;
}

function FixRow({ cue, index, fix, isIncluded, onChange }: FixRowProps) {
  const { before, after } = describeFix(cue, fix);
  return (
    <Checkbox
      size="xs"
      py={3}
      checked={isIncluded}
      label={
        <>
          {`${index + 1}, ${formatTime(cue.startMs)}: ${fix.reason}`}
          <span className={classes.before}>{before}</span>
          <span className={classes.after}>{after}</span>
        </>
      }
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** Lists that take as long as a glance for a long meeting: they are made when they are chosen. */
const slowLists: ReadonlySet<FixList> = new Set(["style"]);

/** How long the keys are quiet before the lists are made anew, in milliseconds. */
const quietMs = 400;

/** What the lists go by. */
function gatherFacts({ meeting, transcript }: EditorSession): FixFacts {
  const { durationMs, profile, houseStyle: style } = meeting;
  const { words, silences, glossary, nearNames } = transcript;
  const speech = uncovered([{ startMs: 0, endMs: durationMs }], silences);
  const isKept = (cue: EditCue, { heard, written }: StyleEdit): boolean =>
    nearNames.some((near) => near.startMs >= cue.startMs && near.startMs < cue.endMs && heard.includes(near.heard)) ||
    transcript.styleEdits.some((edit) => {
      const at = words[edit.first]?.startMs ?? -1;
      return edit.heard === heard && edit.written === written && at >= cue.startMs && at < cue.endMs;
    });
  return {
    ...{ profile: profile.cues, speech, words, silences },
    ...(style === undefined ? {} : { houseStyle: { style, terms: glossary, isKept } }),
  };
}

interface FixesProps {
  readonly start: FixList;
  readonly onDone: () => void;
}

export function Fixes({ start, onDone }: FixesProps) {
  const session = useEditorSession();
  const [list, setList] = useState<FixList>(start);
  const current = useEditor(({ document }) => document.cues);
  // Looking through all captions takes longer than a key: it waits until the keys are quiet.
  const [cues] = useDebouncedValue(current, quietMs);
  const [excluded, setExcluded] = useState<ReadonlySet<number>>(new Set());
  const facts = useMemo(() => gatherFacts(session), [session]);
  const byList = useMemo(
    () =>
      new Map(
        fixLists
          .filter((each) => each === list || !slowLists.has(each))
          .map((each): [FixList, readonly Fix[]] => [each, findFixes(each, cues, facts)]),
      ),
    [cues, facts, list],
  );
  const found = byList.get(list) ?? [];
  const included = found.filter(({ cue }) => !excluded.has(cue));
  const indexes = new Map(cues.map(({ id }, index) => [id, index]));
  const include = (cue: number, isIncluded: boolean): void => {
    const next = new Set(excluded);
    if (isIncluded) next.delete(cue);
    else next.add(cue);
    setExcluded(next);
  };
  const apply = (): void => {
    // As the captions are now: somebody may have typed since the list was made.
    const changes = findFixes(list, session.document.cues, facts)
      .filter(({ cue }) => !excluded.has(cue))
      .map(({ reason: _, ...fix }) => fix);
    if (changes.length === 0) return;
    if (session.edit({ type: "fix", list: t.lists[list] ?? list, cues: changes })) onDone();
  };
  return (
    <>
      <Select
        size="xs"
        aria-label={t.fixes}
        data={fixLists.map((value) => ({
          value,
          label: t.listWithCount(t.lists[value] ?? value, byList.get(value)?.length),
        }))}
        value={list}
        onChange={(value) => {
          setList(value as FixList);
          setExcluded(new Set());
        }}
      />
      <div className={classes.entries}>
        {found.length === 0 ? <Text size="sm">{t.noProposals}</Text> : null}
        {found.slice(0, maxShown).map((fix) => {
          const index = indexes.get(fix.cue) ?? -1;
          const cue = cues[index];
          return cue === undefined ? null : (
            <FixRow
              key={fix.cue}
              cue={cue}
              index={index}
              fix={fix}
              isIncluded={!excluded.has(fix.cue)}
              onChange={(isIncluded) => include(fix.cue, isIncluded)}
            />
          );
        })}
        {found.length > maxShown ? <Text size="xs">{t.proposals(found.length)}</Text> : null}
      </div>
      <Group gap="xs">
        <Button size="xs" disabled={included.length === 0} onClick={apply}>
          {t.apply(included.length)}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {texts.close}
        </Button>
      </Group>
    </>
  );
}
