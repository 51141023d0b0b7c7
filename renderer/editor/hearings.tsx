/** Parts of this meeting that are being heard again: how far the station is, and what came of it. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { client } from "../station/connection.ts";
import { useLive } from "../station/live.ts";
import { texts } from "../texts/en.ts";
import { notifyDone, notifyFailure, runAndNotify } from "../ui/notify.ts";
import { useEditor, useEditorSession } from "./context.ts";

const t = texts.editor.hearAgain;

export function Hearings() {
  const { id } = useEditorSession().meeting;
  const isWriter = useEditor((state) => state.isWriter);
  const view = useLive("hearings", (signal) => client.queue.watch({ types: ["hear_again"], limit: 50 }, { signal }));
  const jobs = (view?.jobs ?? []).filter(({ transcription_id }) => transcription_id === id);
  const open = jobs.filter(({ completed_date }) => completed_date === null);
  const seen = useRef(new Set<string>());
  useEffect(() => {
    for (const { job_id, completed_date, status, message, error } of jobs) {
      if (completed_date === null) seen.current.add(job_id);
      // Only of those that were seen to run: others ended before the editor was opened.
      else if (seen.current.delete(job_id)) {
        if (status === "completed") notifyDone(message ?? t.done);
        else if (error !== null) notifyFailure({ data: error });
      }
    }
  }, [jobs]);
  const [job] = open;
  if (job === undefined) return null;
  const what = open.length > 1 ? t.several(open.length) : t.running;
  return (
    <span data-testid="hearing">
      {`${what}: ${job.message ?? texts.queue.states[job.status]} (${Math.floor(job.progress)} %)`}
      {isWriter ? (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          ml={4}
          onClick={() => void runAndNotify(() => client.queue.cancel({ id: job.job_id }))}
        >
          {t.cancel}
        </Button>
      ) : null}
    </span>
  );
}
