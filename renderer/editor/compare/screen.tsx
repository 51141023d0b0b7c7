/** The whole window for a comparison: two sides, difference by difference, taken back one by one, as chosen, or all. */
import { Button, Chip, Group, Switch, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { type DifferenceKind, differenceKinds } from "../../../electron/captions/editing/compare.ts";
import { texts } from "../../texts/en.ts";
import { useEditorSession } from "../context.ts";
import { gridRole, groupRole } from "../grid-roles.ts";
import classes from "./compare.module.css";
import { compareRowId, DifferenceRow, SameRow } from "./row.tsx";
import { countKinds, type KnownDifference, knowKinds, listRows } from "./rows.ts";
import { SideSelects } from "./side-selects.tsx";
import { useComparison } from "./use-comparison.ts";

const t = texts.editor.compare;
/** Estimated height of a row in pixels, until it is measured. */
const rowHeight = 64;

const toSpan = ({ startMs, endMs }: KnownDifference) => ({ startMs, endMs });

export function CompareScreen({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const comparison = useComparison();
  const { differences, after, canRevert, revert } = comparison;
  const [kinds, setKinds] = useState<readonly DifferenceKind[]>([]);
  const [showsSame, setShowsSame] = useState(false);
  const [current, setCurrent] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const known = useMemo(() => knowKinds(differences ?? []), [differences]);
  const counts = useMemo(() => countKinds(known), [known]);
  const rows = useMemo(
    () => listRows(known, after ?? [], { kinds: new Set(kinds), showsSame }),
    [known, after, kinds, showsSame],
  );
  /** Rows of the differences. */
  const places = useMemo(() => rows.flatMap(({ kind }, row) => (kind === "difference" ? [row] : [])), [rows]);
  const shown = useMemo(() => rows.flatMap((row) => (row.kind === "difference" ? [row.difference] : [])), [rows]);
  const picked = shown.filter(({ startMs }) => chosen.has(startMs));
  const at = Math.min(current, Math.max(0, shown.length - 1));
  const currentRow = places[at];
  /** What was chosen belongs to the sides that were compared. */
  const choose: typeof comparison.choose = (side, value) => {
    setChosen(new Set());
    setCurrent(0);
    comparison.choose(side, value);
  };
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const go = (index: number): void => {
    const next = Math.min(shown.length - 1, Math.max(0, index));
    setCurrent(next);
    const row = places[next];
    if (row !== undefined) virtualizer.scrollToIndex(row, { align: "auto" });
  };
  const toggle = (startMs: number): void => {
    const next = new Set(chosen);
    if (!next.delete(startMs)) next.add(startMs);
    setChosen(next);
  };
  const takeBack = (list: readonly KnownDifference[]): void => {
    if (!canRevert || list.length === 0) return;
    revert({ spans: list.map(toSpan) });
    const taken = new Set(list.map(({ startMs }) => startMs));
    setChosen(new Set([...chosen].filter((startMs) => !taken.has(startMs))));
  };
  const open = (difference: KnownDifference): void => {
    const cue =
      session.document.cues.find(({ startMs }) => startMs >= difference.startMs) ?? session.document.cues.at(-1);
    if (cue !== undefined) session.activate(cue.id);
    onClose();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    // A button or a box in a row has these keys itself.
    const isInRow = event.target !== event.currentTarget;
    const difference = isInRow && (event.key === " " || event.key === "Enter") ? undefined : shown[at];
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length };
    const step = steps[event.key];
    if (step !== undefined) go(step);
    else if (event.key === " " && difference !== undefined) toggle(difference.startMs);
    else if (event.key === "Enter" && difference !== undefined) takeBack([difference]);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <SideSelects comparison={{ ...comparison, choose }} />
        <Chip.Group multiple value={[...kinds]} onChange={(value) => setKinds(value as DifferenceKind[])}>
          <Group gap={6}>
            {differenceKinds.map((kind) => (
              <Chip key={kind} value={kind} size="sm" disabled={!counts.has(kind)}>
                {t.kind(t.kinds[kind], counts.get(kind) ?? 0)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Switch
          size="sm"
          label={t.same}
          checked={showsSame}
          onChange={(event) => setShowsSame(event.currentTarget.checked)}
        />
      </div>
      <div className={classes.bar}>
        <Group gap="xs">
          <Button size="xs" variant="default" disabled={at <= 0} onClick={() => go(at - 1)}>
            {t.previous}
          </Button>
          <Button size="xs" variant="default" disabled={at >= shown.length - 1} onClick={() => go(at + 1)}>
            {t.next}
          </Button>
          <Text size="sm" role="status">
            {differences === undefined ? texts.loading : t.at(at + 1, shown.length)}
          </Text>
        </Group>
        {canRevert ? (
          <Group gap="xs">
            <Button size="xs" variant="default" disabled={picked.length === 0} onClick={() => takeBack(picked)}>
              {t.takeChosen(picked.length)}
            </Button>
            <Button size="xs" variant="default" disabled={shown.length === 0} onClick={() => takeBack(shown)}>
              {kinds.length === 0 ? t.revertAll : t.takeShown(shown.length)}
            </Button>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t.onlyNow}
          </Text>
        )}
        <Text size="xs" c="dimmed" className={classes.keys}>
          {t.keys}
        </Text>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its role comes with gridRole */}
      <div
        ref={scroller}
        className={classes.scroller}
        {...gridRole(t.list, rows.length, currentRow === undefined ? null : compareRowId(currentRow))}
        data-autofocus
        onKeyDown={onKeyDown}
      >
        <div {...groupRole} style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {virtualizer.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const place = { ref: virtualizer.measureElement, index, top: start };
            if (row.kind === "same") return <SameRow key={key} {...place} cue={row.cue} />;
            return (
              <DifferenceRow
                key={key}
                {...place}
                difference={row.difference}
                isCurrent={index === currentRow}
                isChosen={chosen.has(row.difference.startMs)}
                canRevert={canRevert}
                onSelect={() => setCurrent(places.indexOf(index))}
                onToggle={() => toggle(row.difference.startMs)}
                onTakeBack={() => takeBack([row.difference])}
                onOpen={() => open(row.difference)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
