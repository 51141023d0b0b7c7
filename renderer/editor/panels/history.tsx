/** The edit log: each edit by name, with its author and time. */
import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ActionButton } from "../../actions/action-button.tsx";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { timeOfDay } from "../../ui/format.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";

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
    case "ticks":
      return edits.ticks(deed.issues.length);
    case "undo":
    case "redo":
      return edits[deed.type](deed.of);
    default:
      return edits[deed.type];
  }
}

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
  const compare = (step: number): void =>
    session.store.setState({ sidePanel: "compare", compared: { before: `edit ${step - 1}`, after: "now" } });
  const undone = new Set(log.data?.redo);
  const steps = (log.data?.steps ?? []).toReversed();
  return (
    <>
      <Group gap="xs">
        <ActionButton action="undo" variant="default" />
        <ActionButton action="redo" variant="default" />
      </Group>
      {steps.length === 0 ? <Text size="sm">{t.none}</Text> : null}
      <ol className={classes.entries} reversed style={{ margin: 0, padding: 0, listStyle: "none" }}>
        {steps.map((step) => (
          <li key={step.seq} className={classes.entry} data-undone={undone.has(step.seq) || undefined}>
            <Text size="sm">{editName(step)}</Text>
            <span className={classes.small}>
              {step.seq} · {step.by} · {timeOfDay(step.date)}
              {undone.has(step.seq) ? ` · ${t.undone}` : ""}
            </span>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={`${t.toHere}: ${step.seq}`}
              onClick={() => compare(step.seq)}
            >
              {t.toHere}
            </Button>
          </li>
        ))}
      </ol>
    </>
  );
}
