/** Saves the current captions as an immutable version and writes its files. */
import { client } from "../../station/connection.ts";
import { api, queries } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone, runAndNotify } from "../../ui/notify.ts";
import type { EditorSession } from "./session.ts";

const t = texts.editor;

/** Refetches the versions of a meeting in the components that show them. */
export const invalidateVersions = (id: string): Promise<void> =>
  queries.invalidateQueries({ queryKey: api.meeting.show.key({ input: { id } }) });

/** @param name what the person calls it; undefined: it has no name of its own */
export async function saveVersion(session: EditorSession, name?: string): Promise<void> {
  await session.settled();
  const { id } = session.meeting;
  await runAndNotify(
    () => client.editor.seal({ id, key: session.key, approve: false, ...(name === undefined ? {} : { name }) }),
    () => t.versionSaved,
  );
  await invalidateVersions(id);
}

/**
 * Saves unversioned edits as a version, so that what is published is what is shown here. @returns Whether that
 * succeeded
 */
export async function saveNewVersion(session: EditorSession): Promise<boolean> {
  // A window without the write lock publishes the existing version.
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

/** @param reason for warnings that have not been acknowledged. @returns Whether the captions were approved */
export async function approve(session: EditorSession, reason: string): Promise<boolean> {
  await session.settled();
  const { id } = session.meeting;
  const options = reason === "" ? {} : { reason };
  const done = await runAndNotify(
    () => client.editor.seal({ id, key: session.key, approve: true, ...options }),
    () => t.approved,
  );
  // The station has acknowledged the remaining warnings.
  if (done !== undefined) {
    void invalidateVersions(id);
    await session.refresh();
  }
  return done !== undefined;
}
