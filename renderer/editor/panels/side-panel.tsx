/** The inspector: panels beside the captions, each behind an icon with its name. */
import { Tabs, Tooltip } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBookmark,
  IconGitCompare,
  IconHistory,
  IconId,
  IconMessage,
  IconReplace,
  type Icon as IconType,
  IconTypography,
  IconUsers,
} from "@tabler/icons-react";
import { formatTip } from "../../actions/key-tip.tsx";
import type { ActionId } from "../../actions/registry.ts";
import { texts } from "../../texts/en.ts";
import { CommentsPanel } from "../comments/comments-panel.tsx";
import { Compare } from "../compare/panel.tsx";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import type { SidePanelTab } from "../session/state.ts";
import { Find, type FindRequest } from "./find.tsx";
import { GlossaryPanel } from "./glossary.tsx";
import { History } from "./history.tsx";
import { Issues } from "./issues/issues.tsx";
import { Marks } from "./marks.tsx";
import { Speakers } from "./speakers.tsx";
import { StylePanel } from "./style.tsx";

const icons: Readonly<Record<SidePanelTab, IconType>> = {
  issues: IconAlertTriangle,
  find: IconReplace,
  glossary: IconId,
  style: IconTypography,
  history: IconHistory,
  speakers: IconUsers,
  marks: IconBookmark,
  comments: IconMessage,
  compare: IconGitCompare,
};

/** Actions that open a panel. */
const opening: Readonly<Partial<Record<SidePanelTab, ActionId>>> = {
  issues: "issues",
  find: "find",
  history: "history",
  comments: "comment",
  compare: "compare",
};

function toTip(tab: SidePanelTab): string {
  const action = opening[tab];
  const name = texts.editor.sidePanel[tab];
  return action === undefined ? name : formatTip(action, name);
}

const tabs = Object.keys(texts.editor.sidePanel) as SidePanelTab[];

export function SidePanel({ findRequest }: { readonly findRequest: FindRequest }) {
  const { store } = useEditorSession();
  const openTab = useEditor((state) => state.sidePanel);
  return (
    <Tabs
      value={openTab}
      onChange={(value) => store.setState({ sidePanel: value as SidePanelTab })}
      keepMounted={false}
      orientation="vertical"
      placement="right"
      classNames={{ root: classes.inspector ?? "", list: classes.inspectorTabs ?? "", tab: classes.inspectorTab ?? "" }}
    >
      <Tabs.List>
        {tabs.map((tab) => {
          const Shape = icons[tab];
          return (
            <Tooltip key={tab} label={toTip(tab)} position="left">
              <Tabs.Tab value={tab}>
                <Shape size={18} aria-hidden />
                {texts.editor.sidePanel[tab]}
              </Tabs.Tab>
            </Tooltip>
          );
        })}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab} className={classes.pane}>
          <div className={classes.sidePanel}>
            {tab === "issues" ? <Issues /> : null}
            {tab === "find" ? <Find request={findRequest} /> : null}
            {tab === "glossary" ? <GlossaryPanel /> : null}
            {tab === "style" ? <StylePanel /> : null}
            {tab === "history" ? <History /> : null}
            {tab === "speakers" ? <Speakers /> : null}
            {tab === "marks" ? <Marks /> : null}
            {tab === "comments" ? <CommentsPanel /> : null}
            {tab === "compare" ? <Compare /> : null}
          </div>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
