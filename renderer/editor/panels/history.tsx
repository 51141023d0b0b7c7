/** The edit log: each edit by name, with its author and time. */
import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { memo, useDeferredValue, useMemo } from "react";
import { ActionButton } from "../../actions/action-button.tsx";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { timeOfDay } from "../../ui/format.ts";
import { notifyDone, runAndNotify } from "../../ui/notify.ts";
import { goToCue } from "../actions/cue-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { formatTime } from "../format-time.ts";

const t = texts.editor.history;
const edits = texts.editor.edits;

type Step = Awaited<ReturnType<typeof client.editor.history>>["steps"][number];

/** The display name of an edit. */
export function editName({ deed }: Pick<Step, "deed">): string {
  switch (deed.type) {
    case "delete":
    case "accept":
      return edits[deed.type](deed.cues.length);
    case "speaker":
      return edits.speaker(deed.speaker ?? "");
    case "rename-speaker":
      return edits[deed.type](deed.from, deed.to);
    case "replace":
      return edits.replace(deed.what, deed.with, deed.cues.length);
    case "fix":
      return `${deed.list}: ${edits.fix(deed.cues.length)}`;
    case "exchange":
      return edits[deed.reason](deed.from);
    case "hear-again":
      return edits[deed.type](deed.from, deed.cues.length);
    case "mark":
      return `${edits.mark[deed.kind] ?? deed.kind}${deed.text === "" ? "" : `: ${deed.text}`}`;
    case "agenda":
      return edits[deed.type](deed.from, deed.items.length);
    case "ticks":
      return edits.ticks(deed.issues.length);
    case "undo":
    case "redo":
      return edits[deed.type](deed.of);
    default:
      return edits[deed.type];
  }
}

type Summary = NonNullable<Step["summary"]>;
type Glimpse = NonNullable<Summary["before"]>;

/** What of a caption an edit has changed: its text, otherwise its times, otherwise its speaker. */
function describeSide(side: Glimpse | null, other: Glimpse | null): string | undefined {
  if (side === null) return undefined;
  if (other === null || side.text !== other.text) return side.text;
  if (side.startMs !== other.startMs || side.endMs !== other.endMs) {
    return `${formatTime(side.startMs)}–${formatTime(side.endMs)}`;
  }
  return side.speaker === other.speaker ? undefined : (side.speaker ?? texts.editor.speakers.noOne);
}

/** Which caption it was, and what it was before and after. */
function Change({
  summary: { before, after, count },
  number,
}: {
  readonly summary: Summary;
  readonly number: number | null;
}) {
  const [from, to] = [describeSide(before, after), describeSide(after, before)];
  return (
    <>
      <span className={classes.small}>{t.place(number, formatTime((after ?? before)?.startMs ?? 0), count)}</span>
      {from === undefined ? null : <span className={classes.before}>{from}</span>}
      {to === undefined ? null : <span className={classes.after}>{to}</span>}
    </>
  );
}

interface StepRowProps {
  readonly step: Step;
  readonly isUndone: boolean;
  /** The captions are as they were after it. */
  readonly isLast: boolean;
  /** Number of the caption by now; null: it is gone. */
  readonly number: number | null;
}

const StepRow = memo(function StepRow({ step, isUndone, isLast, number }: StepRowProps) {
  const session = useEditorSession();
  const isWriter = useEditor((state) => state.isWriter);
  const { seq, by, date, summary } = step;
  const compare = (): void =>
    session.store.setState({ sidePanel: "compare", compared: { before: `edit ${seq - 1}`, after: "now" } });
  const restore = (): void => {
    void runAndNotify(async () => {
      const cues = await client.editor.past({ id: session.meeting.id, seq });
      const count = session.editCount;
      session.edit({ type: "exchange", reason: "revert", from: t.point(seq), cues });
      if (session.editCount === count) notifyDone(t.sameCaptions);
    });
  };
  const go = (): void => {
    const place = summary?.after ?? summary?.before;
    if (place !== undefined && place !== null) goToCue(session, place.cue, place.startMs);
  };
  return (
    <li data-undone={isUndone || undefined} className={classes.step}>
      <UnstyledButton className={classes.entry} data-undone={isUndone || undefined} onClick={go}>
        <Text size="sm">{editName(step)}</Text>
        {summary === null ? null : <Change summary={summary} number={number} />}
      </UnstyledButton>
      <span className={classes.small}>
        {seq} · {by} · {timeOfDay(date)}
        {isUndone ? ` · ${t.undone}` : ""}
      </span>
      <Button size="compact-xs" variant="subtle" color="gray" aria-label={`${t.toHere}: ${seq}`} onClick={compare}>
        {t.toHere}
      </Button>
      {isWriter && !isLast ? (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t.restoreTo(seq)}
          title={t.restoreTo(seq)}
          onClick={restore}
        >
          {t.restore}
        </Button>
      ) : null}
    </li>
  );
});

export function History() {
  const session = useEditorSession();
  const seq = useEditor((state) => state.seq);
  const { id } = session.meeting;
  const log = useQuery({
    queryKey: ["editor-history", id, seq],
    queryFn: () => client.editor.history({ id }),
    placeholderData: (before) => before,
    meta: { calm: true },
  });
  const cues = useDeferredValue(useEditor(({ document }) => document.cues));
  const numbers = useMemo(() => new Map(cues.map(({ id: cue }, index) => [cue, index + 1])), [cues]);
  const undone = new Set(log.data?.redo);
  const steps = (log.data?.steps ?? []).toReversed();
  return (
    <>
      <Group gap="xs">
        <ActionButton action="undo" variant="default" />
        <ActionButton action="redo" variant="default" />
        <ActionButton action="name-version" variant="default" />
      </Group>
      {steps.length === 0 ? <Text size="sm">{t.none}</Text> : null}
      <ol className={classes.entries} reversed style={{ margin: 0, padding: 0, listStyle: "none" }}>
        {steps.map((step) => (
          <StepRow
            key={step.seq}
            step={step}
            isUndone={undone.has(step.seq)}
            isLast={step.seq === seq}
            number={numbers.get((step.summary?.after ?? step.summary?.before)?.cue ?? -1) ?? null}
          />
        ))}
      </ol>
    </>
  );
}
