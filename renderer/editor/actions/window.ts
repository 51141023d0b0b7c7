/** Actions for the window's layout, versions, publishing and help. */
import type { ActionDefinition } from "../../actions/action.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone } from "../../ui/notify.ts";
import type { EditorContext } from "../context.ts";
import { presets } from "../surface/use-panels.ts";
import { canWrite } from "./conditions.ts";

const t = texts.editor.actions;

export const windowActions = [
  {
    id: "preview",
    group: "window",
    title: t.preview,
    keys: { review: ["F6"], type: ["F6"] },
    run: ({ togglePreview }) => togglePreview(),
  },
  {
    id: "issues",
    group: "window",
    title: t.issues,
    keys: { review: ["F7"], type: ["F7"] },
    run: ({ openSidePanel }) => openSidePanel("issues"),
  },
  {
    id: "zoom-in",
    group: "window",
    title: t.zoomIn,
    keys: { review: ["Equal", "NumpadAdd"], type: ["Mod+Equal"] },
    run: ({ session, timeline }) => timeline.zoom(0.7, session.playback.ms),
  },
  {
    id: "zoom-out",
    group: "window",
    title: t.zoomOut,
    keys: { review: ["Minus", "NumpadSubtract"], type: ["Mod+Minus"] },
    run: ({ session, timeline }) => timeline.zoom(1 / 0.7, session.playback.ms),
  },
  {
    id: "magnet",
    group: "window",
    title: t.magnet,
    keys: { review: ["KeyZ"] },
    run: ({ session }) => {
      const snaps = !session.state.snaps;
      session.store.setState({ snaps });
      notifyDone(texts.editor.wave.magnet(snaps));
    },
  },
  {
    id: "columns",
    group: "window",
    title: t.columns,
    keys: { review: ["Shift+KeyG"] },
    run: ({ session }) => session.store.setState(({ showsColumns }) => ({ showsColumns: !showsColumns })),
  },
  ...presets.map((preset) => ({
    id: `layout-${preset}` as const,
    group: "window" as const,
    title: t.arrange[preset],
    run: ({ panels }: EditorContext) => panels.arrange(preset),
  })),
  ...(["video", "inspector", "timeline"] as const).map((panel) => ({
    id: `toggle-${panel}` as const,
    group: "window" as const,
    title: t.togglePanel[panel],
    run: ({ panels }: EditorContext) => panels.toggle(panel),
  })),
  {
    id: "approve",
    group: "window",
    title: t.approve,
    keys: { review: ["Mod+Shift+KeyA"], type: ["Mod+Shift+KeyA"] },
    when: canWrite,
    run: ({ show }) => show("approve"),
  },
  {
    id: "save-version",
    group: "window",
    title: t.saveVersion,
    when: canWrite,
    run: ({ saveVersion }) => saveVersion(),
  },
  {
    id: "publish",
    group: "window",
    title: t.publish,
    label: texts.editor.publish,
    keys: { review: ["Mod+Shift+KeyU"], type: ["Mod+Shift+KeyU"] },
    run: ({ publish }) => publish(),
  },
  {
    id: "name-version",
    group: "window",
    title: t.nameVersion,
    when: canWrite,
    run: ({ show }) => show("name-version"),
  },
  {
    id: "compare",
    group: "window",
    title: t.compare,
    keys: { review: ["Shift+KeyC"] },
    run: ({ show }) => show("compare"),
  },
  {
    id: "palette",
    group: "window",
    title: t.palette,
    keys: { review: ["Mod+Shift+KeyP"], type: ["Mod+Shift+KeyP"] },
    run: ({ show }) => show("palette"),
  },
  {
    id: "shortcuts",
    group: "window",
    title: t.shortcuts,
    keys: { review: ["Shift+Slash", "F1"], type: ["F1"] },
    run: ({ show }) => show("shortcuts"),
  },
] as const satisfies readonly ActionDefinition<EditorContext>[];
