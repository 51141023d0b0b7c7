/** Tells the other people who have the meeting open which caption is active here. */
import { useEffect } from "react";
import { client } from "../station/connection.ts";
import type { EditorSession } from "./session/session.ts";

/** Whoever goes through captions by keys is told about where they have come to rest, in milliseconds. */
const restMs = 600;

export function useReportPlace(session: EditorSession): void {
  useEffect(() => {
    let timer: number | undefined;
    const report = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        const { activeCueId, present } = session.state;
        // Nobody else is there to see it.
        if (present.length === 0) return;
        // It is only told: the next place is told anew.
        void client.editor.here({ id: session.meeting.id, key: session.key, cue: activeCueId }).catch(() => undefined);
      }, restMs);
    };
    const end = session.store.subscribe((now, before) => {
      if (now.activeCueId !== before.activeCueId || now.present.length > before.present.length) report();
    });
    return () => {
      end();
      window.clearTimeout(timer);
    };
  }, [session]);
}
