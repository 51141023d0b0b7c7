/** What is here becomes a version that never changes, and its files are written. */
import { client } from "../../station/connection.ts";
import { api, queries } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone, runAndNotify } from "../../ui/notify.ts";
import type { EditorSession } from "./session.ts";

const t = texts.editor;

/** Components that show the versions of a meeting ask for them again. */
export const invalidateVersions = (id: string): Promise<void> =>
  queries.invalidateQueries({ queryKey: api.meeting.show.key({ input: { id } }) });

export async function saveVersion(session: EditorSession): Promise<void> {
  await session.settled();
  const { id } = session.meeting;
  await runAndNotify(
    () => client.editor.seal({ id, key: session.key, approve: false }),
    () => t.versionSaved,
  );
  await invalidateVersions(id);
}

/** What is published is what is seen here: edits that no version holds become one. @returns whether that went well */
export async function saveNewVersion(session: EditorSession): Promise<boolean> {
  // A person who looks on publishes what is there.
  if (!session.state.isWriter) return true;
  await session.settled();
  const { id } = session.meeting;
  const version = await runAndNotify(() => client.editor.seal({ id, key: session.key, approve: false, onlyNew: true }));
  if (version != null) {
    notifyDone(t.versionSaved);
    await invalidateVersions(id);
  }
  return version !== undefined;
}

/** @param reason for warnings that have not been acknowledged. @returns whether they are approved */
export async function approve(session: EditorSession, reason: string): Promise<boolean> {
  await session.settled();
  const { id } = session.meeting;
  const options = reason === "" ? {} : { reason };
  const done = await runAndNotify(
    () => client.editor.seal({ id, key: session.key, approve: true, ...options }),
    () => t.approved,
  );
  // The station has acknowledged what was left.
  if (done !== undefined) {
    void invalidateVersions(id);
    await session.refresh();
  }
  return done !== undefined;
}
