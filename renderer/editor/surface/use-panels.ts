/** The panels of the editor: sizes that are remembered, three presets, and panels that can be hidden. */
import { useEffect, useMemo, useRef, useState } from "react";
import { type GroupImperativeHandle, type PanelImperativeHandle, useDefaultLayout } from "react-resizable-panels";

export const presets = ["listen", "time", "text"] as const;
/** `listen`: a large video; `time`: a high timeline; `text`: room for the captions. */
export type Preset = (typeof presets)[number];

/** Panels that can be hidden. */
export type HideablePanel = "video" | "inspector" | "timeline";

/** Parts of the width and of the height, in percent. */
const sizes: Readonly<Record<Preset, { readonly across: Sizes; readonly down: Sizes }>> = {
  listen: { across: { video: 48, list: 32, inspector: 20 }, down: { work: 72, timeline: 28 } },
  time: { across: { video: 30, list: 46, inspector: 24 }, down: { work: 52, timeline: 48 } },
  text: { across: { video: 24, list: 50, inspector: 26 }, down: { work: 80, timeline: 20 } },
};
type Sizes = Readonly<Record<string, number>>;

export const defaultSizes = { video: "32%", list: "41%", inspector: "27%", work: "70%", timeline: "30%" } as const;

export interface Panels {
  readonly arrange: (preset: Preset) => void;
  readonly toggle: (panel: HideablePanel) => void;
  /** Shows a panel that may be hidden. */
  readonly reveal: (panel: HideablePanel) => void;
}

/** A small window, or a page that is shown twice as large: there the captions come first, and the inspector on wish. */
const isNarrow = (): boolean => window.matchMedia("(max-width: 900px)").matches;

export function usePanels() {
  const [narrow] = useState(isNarrow);
  const across = useDefaultLayout({
    id: `archivist-editor-across-2${narrow ? "-narrow" : ""}`,
    storage: localStorage,
  });
  const down = useDefaultLayout({ id: "archivist-editor-down-2", storage: localStorage });
  const acrossRef = useRef<GroupImperativeHandle>(null);
  const downRef = useRef<GroupImperativeHandle>(null);
  const video = useRef<PanelImperativeHandle>(null);
  const inspector = useRef<PanelImperativeHandle>(null);
  const timeline = useRef<PanelImperativeHandle>(null);
  const panels = useMemo((): Panels => {
    const refs = { video, inspector, timeline };
    return {
      arrange: (preset) => {
        acrossRef.current?.setLayout({ ...sizes[preset].across });
        downRef.current?.setLayout({ ...sizes[preset].down });
      },
      toggle: (name) => {
        const panel = refs[name].current;
        if (panel?.isCollapsed()) panel.expand();
        else panel?.collapse();
      },
      reveal: (name) => {
        const panel = refs[name].current;
        if (panel?.isCollapsed()) panel.expand();
      },
    };
  }, []);
  const { defaultLayout } = across;
  useEffect(() => {
    // What the person has arranged in such a window stays.
    if (narrow && defaultLayout === undefined) inspector.current?.collapse();
  }, [narrow, defaultLayout]);
  return {
    panels,
    across: { ...across, groupRef: acrossRef },
    down: { ...down, groupRef: downRef },
    refs: { video, inspector, timeline },
  };
}
