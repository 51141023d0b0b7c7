/** How the editor is laid out: video, captions and inspector side by side, and the timeline below over the full width. */
import { Group, Panel, Separator } from "react-resizable-panels";
import { texts } from "../../texts/en.ts";
import classes from "../editor.module.css";
import { CueList } from "../list/list.tsx";
import type { FindRequest } from "../panels/find.tsx";
import { SidePanel } from "../panels/side-panel.tsx";
import { Overview } from "../timeline/overview.tsx";
import { Timeline } from "../timeline/timeline.tsx";
import { VideoPane, type VideoPaneProps } from "../video-pane.tsx";
import { defaultSizes, type usePanels } from "./use-panels.ts";

interface SurfaceProps {
  readonly media: VideoPaneProps;
  readonly findRequest: FindRequest;
  readonly arrangement: ReturnType<typeof usePanels>;
}

const t = texts.editor.separators;

export function Surface({ media, findRequest, arrangement }: SurfaceProps) {
  const { across, down, refs } = arrangement;
  const hideable = { collapsible: true, collapsedSize: 0 };
  return (
    <Group orientation="vertical" className={classes.panels} {...down}>
      <Panel id="work" defaultSize={defaultSizes.work} minSize="30%">
        <Group orientation="horizontal" {...across}>
          <Panel id="video" panelRef={refs.video} defaultSize={defaultSizes.video} minSize="18%" {...hideable}>
            <VideoPane {...media} />
          </Panel>
          <Separator className={`${classes.handle} ${classes.across}`} aria-label={t.video} />
          <Panel id="list" defaultSize={defaultSizes.list} minSize="25%">
            <div className={classes.pane}>
              <CueList />
            </div>
          </Panel>
          <Separator className={`${classes.handle} ${classes.across}`} aria-label={t.inspector} />
          <Panel
            id="inspector"
            panelRef={refs.inspector}
            defaultSize={defaultSizes.inspector}
            minSize="18%"
            {...hideable}
          >
            <SidePanel findRequest={findRequest} />
          </Panel>
        </Group>
      </Panel>
      <Separator className={`${classes.handle} ${classes.down}`} aria-label={t.timeline} />
      <Panel id="timeline" panelRef={refs.timeline} defaultSize={defaultSizes.timeline} minSize="14%" {...hideable}>
        <div className={classes.pane}>
          <Overview />
          <Timeline />
        </div>
      </Panel>
    </Group>
  );
}
