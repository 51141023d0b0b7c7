/** Word-level comparison of two sides. Differences from the current captions can be reverted: one, some or all. */
import { Button, Group, Select, Text } from "@mantine/core";
import { useMemo } from "react";
import { compareCues, compareWords, type Difference } from "../../../electron/captions/editing/compare.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { formatTime } from "../format-time.ts";
import type { Side } from "../session/state.ts";
import { sideName, useSide, useSides } from "./compare-sides.ts";
import { Import } from "./import.tsx";

const t = texts.editor.compare;
const maxShown = 200;

function Words({ before, after }: Pick<Difference, "before" | "after">) {
  return (
    <Text size="sm">
      {compareWords(before, after).map(({ kind, text }, index) => {
        const key = `${index} ${kind}`;
        if (kind === "gone") return <del key={key}>{text} </del>;
        return kind === "new" ? <ins key={key}>{text} </ins> : <span key={key}>{text} </span>;
      })}
    </Text>
  );
}

export function Compare() {
  const session = useEditorSession();
  const compared = useEditor((state) => state.compared);
  const selectedIds = useEditor((state) => state.selectedIds);
  const isWriter = useEditor((state) => state.isWriter);
  const sides = useSides([compared.before, compared.after]);
  const before = useSide(compared.before);
  const after = useSide(compared.after);
  const differences = useMemo(
    () => (before === undefined || after === undefined ? undefined : compareCues(before, after)),
    [before, after],
  );
  const from = sideName(sides, compared.before);
  // Only the current captions can be reverted.
  const canRevert = compared.after === "now" && isWriter && before !== undefined;
  const revert = (stretch: { readonly startMs?: number; readonly endMs?: number }): void => {
    if (before !== undefined) session.edit({ type: "exchange", reason: "revert", from, ...stretch, cues: before });
  };
  const selected = session.document.cues.filter(({ id }) => selectedIds.has(id));
  const choose = (side: "before" | "after", value: string | null): void => {
    if (value !== null) session.store.setState({ compared: { ...compared, [side]: value as Side } });
  };
  const select = (side: "before" | "after", label: string) => (
    <Select
      size="xs"
      label={label}
      data={sides}
      value={compared[side]}
      allowDeselect={false}
      onChange={(value) => choose(side, value)}
    />
  );
  return (
    <>
      {select("before", t.old)}
      {select("after", t.new)}
      <Text size="sm" role="status">
        {differences === undefined ? texts.loading : differences.length === 0 ? t.none : t.count(differences.length)}
      </Text>
      <Group gap="xs">
        <Import />
        {canRevert && selected.length > 0 ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => revert({ startMs: selected[0]?.startMs ?? 0, endMs: selected.at(-1)?.endMs ?? 0 })}
          >
            {t.revertSelected(selected.length)}
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          disabled={!canRevert || differences === undefined || differences.length === 0}
          onClick={() => revert({})}
        >
          {t.revertAll}
        </Button>
      </Group>
      <div className={classes.entries}>
        {(differences ?? []).slice(0, maxShown).map((difference) => (
          <div key={difference.startMs} className={classes.entry}>
            <span className={classes.small}>{formatTime(difference.startMs)}</span>
            <Words before={difference.before} after={difference.after} />
            {canRevert ? (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-label={`${t.revert}: ${formatTime(difference.startMs)}`}
                onClick={() => revert({ startMs: difference.startMs, endMs: difference.endMs })}
              >
                {t.revert}
              </Button>
            ) : null}
          </div>
        ))}
        {(differences ?? []).length > maxShown ? <Text size="xs">{t.more(maxShown)}</Text> : null}
      </div>
    </>
  );
}
