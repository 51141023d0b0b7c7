/** Procedures for comments on captions. */
import { listComments } from "../../catalog/repositories/comments.ts";
import { listPeople } from "../../catalog/repositories/people.ts";
import { deleteComment, makeComment, settleComment } from "../../editing/comments.ts";
import type { StationServices } from "../../station-services.ts";
import type { ApiContext } from "../context.ts";
import { done, os } from "../implement.ts";

const getName = (context: ApiContext): string => context.person()?.username ?? "";
const isAdmin = (context: ApiContext): boolean => context.person()?.role === "admin";

/** Changes the comments of a meeting, and tells everybody who has it open. @param id its id or a prefix of it */
function changeComments<T>(
  { services: { editing, station } }: ApiContext,
  id: string,
  change: (station: StationServices, transcriptionId: string) => T,
): T {
  const transcriptionId = editing.findRow(id).id;
  const result = change(station, transcriptionId);
  editing.reportComments(transcriptionId);
  return result;
}

export const comments = os.comments.router({
  list: os.comments.list.handler(({ input, context }) => {
    const { editing, station } = context.services;
    const row = editing.findRow(input.id);
    const you = getName(context);
    return {
      comments: listComments(station.catalog, row.id).map((comment) => ({
        id: comment.id,
        parent: comment.parentId,
        cue: comment.cue,
        atMs: comment.atMs,
        text: comment.text,
        by: comment.madeBy,
        date: comment.madeDate,
        resolvedBy: comment.resolvedBy,
        resolvedDate: comment.resolvedDate,
        isYours: comment.madeBy === you || isAdmin(context),
      })),
      people: listPeople(station.catalog)
        .filter(({ active }) => active)
        .map(({ username }) => username),
      you,
    };
  }),
  add: os.comments.add.handler(({ input: { id, ...comment }, context }) => ({
    comment: changeComments(context, id, (station, transcriptionId) =>
      makeComment(station, { ...comment, transcriptionId, by: getName(context) }),
    ),
  })),
  resolve: os.comments.resolve.handler(({ input: { id, comment, isResolved }, context }) => {
    changeComments(context, id, (station, transcriptionId) =>
      settleComment(station, { transcriptionId, id: comment, isResolved, by: getName(context) }),
    );
    return done;
  }),
  remove: os.comments.remove.handler(({ input: { id, comment }, context }) => {
    changeComments(context, id, (station, transcriptionId) =>
      deleteComment(station, { transcriptionId, id: comment, by: getName(context), isAdmin: isAdmin(context) }),
    );
    return done;
  }),
});
