/** The comments of a meeting, as threads. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { client } from "../../station/connection.ts";
import { useEditor, useEditorSession } from "../context.ts";
import type { EditorSession } from "../session/session.ts";
import { type Comments, countOpen } from "./threads.ts";

const none: Comments = { comments: [], people: [], you: "" };

/** Loaded again whenever the station says that there are others. @returns undefined while they are loaded first */
export function useComments(session: EditorSession, key: string): Comments | undefined {
  const { id } = session.meeting;
  const { data, isError } = useQuery({
    queryKey: ["comments", id, key],
    queryFn: () => client.comments.list({ id }),
    placeholderData: (before) => before,
    meta: { calm: true },
  });
  return data ?? (isError ? none : undefined);
}

export function useOwnComments(): Comments | undefined {
  const session = useEditorSession();
  return useComments(
    session,
    useEditor((state) => state.commentsKey),
  );
}

/** Keeps the number of open threads of each caption in the editor's state, for the rows. */
export function CommentCounts(): null {
  const session = useEditorSession();
  const found = useOwnComments();
  useEffect(() => {
    session.store.setState({ openComments: countOpen(found?.comments ?? []) });
  }, [session, found]);
  return null;
}
