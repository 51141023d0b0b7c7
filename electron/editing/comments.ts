/** What people say to one another about captions. Whoever may look at a meeting may comment on it. */
import {
  addComment,
  type CommentRow,
  findComment,
  listComments,
  removeComment,
  resolveComment,
} from "../catalog/repositories/comments.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";

type Deps = Pick<StationServices, "catalog" | "clock">;

export interface CommentRequest {
  readonly transcriptionId: string;
  /** The caption that it is about; null: only the place. */
  readonly cue: number | null;
  readonly atMs: number;
  readonly text: string;
  /** The thread that it goes on with; null: a new one. */
  readonly parent: number | null;
  readonly by: string;
}

/** @throws ArchivistError `comment.unknown` when the thread is gone */
function requireComment({ catalog }: Pick<Deps, "catalog">, transcriptionId: string, id: number): CommentRow {
  const comment = findComment(catalog, transcriptionId, id);
  if (comment === undefined) throw new ArchivistError("comment.unknown");
  return comment;
}

/** Adds a comment; an answer opens a settled thread again. @returns its id. @throws ArchivistError `comment.unknown` */
export function makeComment(deps: Deps, { parent, by, ...request }: CommentRequest): number {
  const { catalog, clock } = deps;
  const thread = parent === null ? undefined : requireComment(deps, request.transcriptionId, parent);
  // Answers stand in one list below the first comment.
  const parentId = thread === undefined ? null : (thread.parentId ?? thread.id);
  const place = thread === undefined ? {} : { cue: thread.cue, atMs: thread.atMs };
  return catalog.transaction(() => {
    if (parentId !== null) resolveComment(catalog, parentId, null);
    return addComment(catalog, {
      ...request,
      ...place,
      parentId,
      madeBy: by,
      madeDate: clock.now().toISOString(),
    });
  });
}

/** Settles a thread, or opens it again. @throws ArchivistError `comment.unknown` */
export function settleComment(
  deps: Deps,
  { transcriptionId, id, isResolved, by }: { transcriptionId: string; id: number; isResolved: boolean; by: string },
): void {
  const comment = requireComment(deps, transcriptionId, id);
  resolveComment(deps.catalog, comment.id, isResolved ? { by, date: deps.clock.now().toISOString() } : null);
}

/**
 * Removes a comment of one's own; administrators remove any.
 * @throws ArchivistError `comment.unknown`, `comment.others`; `comment.answered` when the answers of others would go with it
 */
export function deleteComment(
  deps: Deps,
  { transcriptionId, id, by, isAdmin }: { transcriptionId: string; id: number; by: string; isAdmin: boolean },
): void {
  const comment = requireComment(deps, transcriptionId, id);
  if (comment.madeBy !== by && !isAdmin) throw new ArchivistError("comment.others");
  const answers = listComments(deps.catalog, transcriptionId).filter(({ parentId }) => parentId === id);
  if (!isAdmin && answers.some(({ madeBy }) => madeBy !== by)) throw new ArchivistError("comment.answered");
  removeComment(deps.catalog, comment.id);
}
