/** React context of the open meeting, shared by every part of the editor. */
import { createContext, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { EditorSession } from "./session/session.ts";
import type { EditorState, SidePanelTab } from "./session/state.ts";
import type { Panels } from "./surface/use-panels.ts";
import type { TimelineView } from "./timeline/timeline-view.ts";

/** Dialogs that open in the middle of the window. */
export type DialogName =
  | "shortcuts"
  | "speakers"
  | "labels"
  | "replace-everywhere"
  | "note"
  | "chapter"
  | "acknowledge"
  | "approve"
  | "hear-again"
  | "go-to"
  | "compare"
  | "name-version";

/** Context that editor actions run with. */
export interface EditorContext {
  readonly session: EditorSession;
  /** The caret in the active caption's text; undefined if no text is being typed. */
  readonly caret: () => number | undefined;
  readonly show: (what: DialogName | "palette") => void;
  /** Saves the current captions as a version and writes its files. */
  readonly saveVersion: () => Promise<void>;
  /** Saves the current captions as a version and opens the publishing screen. */
  readonly publish: () => Promise<void>;
  /** @param options `focus` puts the caret into the panel's field; `next` goes to the next result */
  readonly openSidePanel: (tab: SidePanelTab, options?: "focus" | "next") => void;
  readonly timeline: TimelineView;
  readonly panels: Panels;
  readonly togglePreview: () => void;
}

export const EditorReactContext = createContext<EditorContext | undefined>(undefined);

export function useEditorContext(): EditorContext {
  const context = useContext(EditorReactContext);
  if (context === undefined) throw new Error("there is no open meeting here");
  return context;
}

export const useEditorSession = (): EditorSession => useEditorContext().session;

/**
 * Subscribes to the part of the editor state that `select` returns: select as little as possible, because a component
 * rerenders whenever its part changes.
 */
export const useEditor = <T>(select: (state: EditorState) => T): T => useStore(useEditorSession().store, select);

/**
 * Playback position in milliseconds, updated every `everyMs`; a component that follows every frame listens to playback
 * directly.
 */
export function usePlayhead(everyMs = 100): number {
  const { playback } = useEditorSession();
  const [ms, setMs] = useState(playback.ms);
  useEffect(() => {
    let last = 0;
    let timer: number | undefined;
    const show = (): void => {
      last = performance.now();
      timer = undefined;
      setMs(playback.ms);
    };
    const end = playback.listen(() => {
      const left = everyMs - (performance.now() - last);
      if (left <= 0) show();
      else timer ??= window.setTimeout(show, left);
    });
    return () => {
      end();
      window.clearTimeout(timer);
    };
  }, [playback, everyMs]);
  return ms;
}
