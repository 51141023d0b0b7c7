/** The bar above the editor: which meeting, whether it is saved, how far the review is, what is open, and what comes next. */
import { ActionIcon, Anchor, Kbd, Menu, RingProgress, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconArrowLeft,
  IconLayout,
  IconMessageOff,
  type Icon as IconType,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Link } from "wouter";
import { ActionButton } from "../../actions/action-button.tsx";
import { useAction } from "../../actions/context.ts";
import { KeyTip } from "../../actions/key-tip.tsx";
import { formatFirstKey } from "../../actions/keymap.ts";
import type { ActionId } from "../../actions/registry.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { ExportState, isExporting } from "../../ui/export-state.tsx";
import { runAndNotify } from "../../ui/notify.ts";
import { goToIssue } from "../actions/review-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import {
  countIssues,
  errorsOnly,
  filterIssues,
  gapsOnly,
  type IssueFilter,
  warningsOnly,
} from "../session/issue-filter.ts";
import { People } from "./people.tsx";
import classes from "./top-bar.module.css";

const t = texts.editor;

function Saved() {
  const save = useEditor((state) => state.save);
  const savedAt = useEditor((state) => state.savedAt);
  const isWriter = useEditor((state) => state.isWriter);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 5_000);
    return () => window.clearInterval(timer);
  }, []);
  const kept = savedAt === null ? t.status.kept : t.status.keptAgo(Math.max(0, Math.round((now - savedAt) / 1000)));
  const shown = !isWriter ? t.status.readOnly : save === "kept" ? kept : t.status[save];
  return (
    <span className={classes.saved} data-state={save} data-testid="saved">
      {shown}
      {/* Announced only when the state changes, not every second. */}
      <VisuallyHidden role="status">{isWriter ? t.status[save] : t.status.readOnly}</VisuallyHidden>
    </span>
  );
}

function Reviewed() {
  const all = useEditor(({ document }) => document.cues.length);
  const done = useEditor(({ document }) => document.cues.reduce((sum, { reviewed }) => sum + (reviewed ? 1 : 0), 0));
  return (
    <span className={classes.reviewed} data-testid="reviewed">
      <RingProgress
        size={22}
        thickness={4}
        aria-hidden
        sections={[{ value: all === 0 ? 0 : (done / all) * 100, color: "teal" }]}
      />
      {t.status.reviewed(done, all)}
    </span>
  );
}

interface CountProps {
  readonly count: number;
  readonly text: string;
  readonly icon: IconType;
  readonly kind: "error" | "warning" | "gap";
  /** The action that goes to the next one as well. */
  readonly action: ActionId;
  readonly onClick: () => void;
}

function Count({ count, text, icon: Shape, kind, action, onClick }: CountProps) {
  return (
    <KeyTip action={action} label={text}>
      <UnstyledButton
        className={classes.count}
        data-kind={count === 0 ? undefined : kind}
        aria-label={text}
        onClick={onClick}
      >
        <Shape size={17} aria-hidden />
        {count}
      </UnstyledButton>
    </KeyTip>
  );
}

/** Errors, warnings and gaps; a click goes to the next one. */
function Counts() {
  const session = useEditorSession();
  const issues = useEditor((state) => state.issues);
  const { errors, warnings, gaps } = useMemo(
    () => ({ ...countIssues(issues), gaps: filterIssues(issues, gapsOnly).length }),
    [issues],
  );
  const go = (filter: IssueFilter) => () => goToIssue(session, 1, filter);
  return (
    <span className={classes.counts}>
      <Count
        count={errors}
        text={t.status.errors(errors)}
        icon={IconAlertCircle}
        kind="error"
        action="next-error"
        onClick={go(errorsOnly)}
      />
      <Count
        count={warnings}
        text={t.status.warnings(warnings)}
        icon={IconAlertTriangle}
        kind="warning"
        action="next-issue"
        onClick={go(warningsOnly)}
      />
      <Count
        count={gaps}
        text={t.status.gaps(gaps)}
        icon={IconMessageOff}
        kind="gap"
        action="next-gap"
        onClick={go(gapsOnly)}
      />
    </span>
  );
}

const layoutActions = [
  ["layout-listen", "layout-time", "layout-text"],
  ["toggle-video", "toggle-timeline", "toggle-inspector", "columns"],
] as const;

function LayoutItem({ id }: { readonly id: (typeof layoutActions)[number][number] }) {
  const { action, run } = useAction(id);
  const key = formatFirstKey(action, "review");
  return (
    <Menu.Item onClick={() => void run()} rightSection={key === undefined ? null : <Kbd size="xs">{key}</Kbd>}>
      {action.title}
    </Menu.Item>
  );
}

function LayoutMenu() {
  return (
    <Menu position="bottom-end" returnFocus={false}>
      <Tooltip label={t.layout}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t.layout}>
            <IconLayout size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {layoutActions.map((ids, index) => (
          <div key={ids[0]}>
            {index === 0 ? null : <Menu.Divider />}
            {ids.map((id) => (
              <LayoutItem key={id} id={id} />
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function TopBar() {
  const session = useEditorSession();
  const { id, title } = session.meeting;
  const { data, refetch } = useQuery({
    ...api.meeting.show.queryOptions({ input: { id }, meta: { calm: true } }),
    refetchInterval: ({ state }) => (isExporting(state.data?.export) ? 1_000 : false),
  });
  const exportAgain = async (): Promise<void> => {
    await runAndNotify(() => client.meeting.exportFiles({ id }));
    await refetch();
  };
  return (
    <header className={classes.bar}>
      <Anchor component={Link} href={`/meeting/${id}`} size="sm" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden /> {t.back}
      </Anchor>
      <h1 className={classes.title} title={title}>
        {title}
      </h1>
      <Saved />
      <Reviewed />
      <Counts />
      <People />
      <span className={classes.buttons}>
        <ExportState job={data?.export ?? null} onRetry={() => void exportAgain()} />
        <LayoutMenu />
        <ActionButton action="save-version" size="compact-sm" variant="default" />
        <ActionButton action="approve" size="compact-sm" />
        <ActionButton action="publish" size="compact-sm" variant="default" />
      </span>
    </header>
  );
}
