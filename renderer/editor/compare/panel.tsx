/** Word-level comparison of two sides. Differences from the current captions can be reverted: one, some or all. */
import { Button, Group, Text } from "@mantine/core";
import { ActionButton } from "../../actions/action-button.tsx";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { formatTime } from "../format-time.ts";
import { Import } from "../panels/import.tsx";
import { SideSelects } from "./side-selects.tsx";
import { useComparison } from "./use-comparison.ts";
import { Words } from "./words.tsx";

const t = texts.editor.compare;
const maxShown = 200;

export function Compare() {
  const session = useEditorSession();
  const selectedIds = useEditor((state) => state.selectedIds);
  const comparison = useComparison();
  const { differences, canRevert, revert } = comparison;
  const selected = session.document.cues.filter(({ id }) => selectedIds.has(id));
  return (
    <>
      <ActionButton action="compare" variant="default" />
      <SideSelects comparison={comparison} />
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
        {(differences ?? []).slice(0, maxShown).map(({ before, after, startMs, endMs }) => (
          <div key={startMs} className={classes.entry}>
            <span className={classes.small}>{formatTime(startMs)}</span>
            <Text size="sm">
              <Words before={before} after={after} side="both" />
            </Text>
            {canRevert ? (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-label={`${t.revert}: ${formatTime(startMs)}`}
                onClick={() => revert({ startMs, endMs })}
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
