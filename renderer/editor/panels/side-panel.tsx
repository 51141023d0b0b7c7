/** The tabbed panels beside the captions. */
import { Tabs } from "@mantine/core";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import type { SidePanelTab } from "../session/state.ts";
import { Compare } from "./compare.tsx";
import { Find, type FindRequest } from "./find.tsx";
import { GlossaryPanel } from "./glossary.tsx";
import { History } from "./history.tsx";
import { Issues } from "./issues.tsx";
import { Marks } from "./marks.tsx";
import { Speakers } from "./speakers.tsx";
import { StylePanel } from "./style.tsx";

const tabs = Object.keys(texts.editor.sidePanel) as SidePanelTab[];

export function SidePanel({ findRequest }: { readonly findRequest: FindRequest }) {
  const { store } = useEditorSession();
  const openTab = useEditor((state) => state.sidePanel);
  const issues = useEditor((state) => state.issues.length);
  return (
    <Tabs
      value={openTab}
      onChange={(value) => store.setState({ sidePanel: value as SidePanelTab })}
      keepMounted={false}
      className={classes.pane}
    >
      <Tabs.List>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab} px={7} py={8} fz="xs">
            {texts.editor.sidePanel[tab]}
            {tab === "issues" && issues > 0 ? ` ${issues}` : ""}
          </Tabs.Tab>
        ))}
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
            {tab === "compare" ? <Compare /> : null}
          </div>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
