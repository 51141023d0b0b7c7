/** The meeting that is open, for every part of the editor. */
import { createContext, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { EditorSession } from "./session/session.ts";
import type { EditorState, SidePanelTab } from "./session/state.ts";

/** What asks for something in the middle of the window. */
export type DialogName =
  | "shortcuts"
  | "speakers"
  | "labels"
  | "replace-everywhere"
  | "note"
  | "chapter"
  | "acknowledge"
  | "approve";

/** What actions of the editor work with. */
export interface EditorContext {
  readonly session: EditorSession;
  /** The caret in the active caption's text; undefined: no text is being typed. */
  readonly caret: () => number | undefined;
  readonly show: (what: DialogName | "palette") => void;
  /** Makes a version of what is here, and writes its files. */
  readonly saveVersion: () => Promise<void>;
  /** Makes a version of what is here, and goes to where it is published. */
  readonly publish: () => Promise<void>;
  /** @param options put the caret into its field, or go to the next thing that it found */
  readonly openSidePanel: (tab: SidePanelTab, options?: "focus" | "next") => void;
  readonly zoom: (factor: number) => void;
  readonly togglePreview: () => void;
}

export const EditorReactContext = createContext<EditorContext | undefined>(undefined);

export function useEditorContext(): EditorContext {
  const context = useContext(EditorReactContext);
  if (context === undefined) throw new Error("there is no open meeting here");
  return context;
}

export const useEditorSession = (): EditorSession => useEditorContext().session;

/** The smallest part of the state that a component shows: it is drawn again only when that is another one. */
export const useEditor = <T>(select: (state: EditorState) => T): T => useStore(useEditorSession().store, select);

/** The place of the recording, ten times a second at most: what follows every frame listens to playback itself. */
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
