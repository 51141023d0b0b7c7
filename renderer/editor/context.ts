/** The meeting that is open, for every part of the editor. */
import { createContext, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { EditorContext as ActionContext } from "./keys/action.ts";
import type { EditorSession } from "./session/session.ts";
import type { EditorState } from "./session/state.ts";

export const SessionContext = createContext<ActionContext | undefined>(undefined);

export function useActions(): ActionContext {
  const context = useContext(SessionContext);
  if (context === undefined) throw new Error("there is no open meeting here");
  return context;
}

export const useSession = (): EditorSession => useActions().session;

/** The smallest part of the state that a component shows: it is drawn again only when that is another one. */
export const useEditor = <T>(select: (state: EditorState) => T): T => useStore(useSession().store, select);

/** The place of the recording, ten times a second at most: what follows every frame listens to playback itself. */
export function usePlayhead(everyMs = 100): number {
  const { playback } = useSession();
  const [ms, setMs] = useState(playback.ms);
  useEffect(() => {
    let last = 0;
    let timer: number | undefined;
    const tell = (): void => {
      last = performance.now();
      timer = undefined;
      setMs(playback.ms);
    };
    const end = playback.listen(() => {
      const left = everyMs - (performance.now() - last);
      if (left <= 0) tell();
      else timer ??= window.setTimeout(tell, left);
    });
    return () => {
      end();
      window.clearTimeout(timer);
    };
  }, [playback, everyMs]);
  return ms;
}
