/** The comments of a meeting, as threads. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { client } from "../../station/connection.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { type Comments, countOpen } from "./threads.ts";

const none: Comments = { comments: [], people: [], you: "" };

/** Loaded again whenever the station says that there are others. @returns undefined while they are loaded first */
export function useComments(): Comments | undefined {
  const { id } = useEditorSession().meeting;
  const key = useEditor((state) => state.commentsKey);
  const { data, isError } = useQuery({
    queryKey: ["comments", id, key],
    queryFn: () => client.comments.list({ id }),
    placeholderData: (before) => before,
    meta: { calm: true },
  });
  return data ?? (isError ? none : undefined);
}

/** Keeps the number of open threads of each caption in the editor's state, for the rows. */
export function CommentCounts(): null {
  const session = useEditorSession();
  const found = useComments();
  useEffect(() => {
    session.store.setState({ openComments: countOpen(found?.comments ?? []) });
  }, [session, found]);
  return null;
}
