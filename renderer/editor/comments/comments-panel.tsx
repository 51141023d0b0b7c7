/** Comments: threads about places of the meeting, answered, settled, and gone to. */
import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { goToCue } from "../actions/cue-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { formatTime } from "../format-time.ts";
import { indexOfCue } from "../session/state.ts";
import { CommentField } from "./comment-field.tsx";
import { type Comment, type Comments, splitMentions, type Thread, toThreads } from "./threads.ts";
import { useComments } from "./use-comments.ts";

const t = texts.editor.comments;

function CommentText({ text, people, you }: { readonly text: string } & Pick<Comments, "people" | "you">) {
  return (
    <Text size="sm" className={classes.commentText}>
      {splitMentions(text, people).map(({ text: part, person }, index) => {
        const key = `${index} ${part}`;
        if (person === undefined) return part;
        return (
          <mark key={key} className={classes.mention} data-you={person === you || undefined}>
            {part}
          </mark>
        );
      })}
    </Text>
  );
}

interface SaidProps {
  readonly comment: Comment;
  readonly found: Comments;
  readonly onRemove: () => void;
}

function Said({ comment, found, onRemove }: SaidProps) {
  return (
    <div>
      <Group gap={6}>
        <Text size="sm" fw={600}>
          {comment.by}
        </Text>
        <span className={classes.small}>{moment(comment.date)}</span>
        {comment.isYours ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={t.removeFrom(comment.by, comment.text.slice(0, 40))}
            onClick={onRemove}
          >
            {t.remove}
          </Button>
        ) : null}
      </Group>
      <CommentText text={comment.text} people={found.people} you={found.you} />
    </div>
  );
}

function ThreadView({ thread, found }: { readonly thread: Thread; readonly found: Comments }) {
  const session = useEditorSession();
  const { id } = session.meeting;
  const { first, answers, isResolved } = thread;
  const [isAnswering, setIsAnswering] = useState(false);
  const index = useEditor((state) => indexOfCue(state, first.cue));
  const remove = (comment: number): void => void runAndNotify(() => client.comments.remove({ id, comment }));
  return (
    <li className={classes.thread} data-resolved={isResolved || undefined}>
      <UnstyledButton className={classes.small} onClick={() => goToCue(session, first.cue, first.atMs)}>
        {index === -1 ? formatTime(first.atMs) : t.atCaption(index + 1, formatTime(first.atMs))}
      </UnstyledButton>
      {[first, ...answers].map((comment) => (
        <Said key={comment.id} comment={comment} found={found} onRemove={() => remove(comment.id)} />
      ))}
      {isResolved ? <span className={classes.small}>{t.resolvedBy(first.resolvedBy ?? "")}</span> : null}
      <Group gap={4}>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => setIsAnswering(!isAnswering)}
          aria-expanded={isAnswering}
        >
          {t.answer}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() =>
            void runAndNotify(() => client.comments.resolve({ id, comment: first.id, isResolved: !isResolved }))
          }
        >
          {isResolved ? t.reopen : t.resolve}
        </Button>
      </Group>
      {isAnswering ? (
        <CommentField
          label={t.answerTo(first.by)}
          people={found.people}
          autoFocus
          onSend={async (text) => {
            const made = await runAndNotify(() =>
              client.comments.add({ id, text, atMs: first.atMs, cue: first.cue, parent: first.id }),
            );
            if (made !== undefined) setIsAnswering(false);
            return made !== undefined;
          }}
        />
      ) : null}
    </li>
  );
}

export function CommentsPanel() {
  const session = useEditorSession();
  const found = useComments();
  /** The caption at which somebody has begun to write: the list goes on with the recording meanwhile. */
  const [begunAt, setBegunAt] = useState<number | null>();
  const index = useEditor((state) => indexOfCue(state, begunAt === undefined ? state.activeCueId : begunAt));
  if (found === undefined) return <Text size="sm">{texts.loading}</Text>;
  const threads = toThreads(found.comments);
  const send = async (text: string): Promise<boolean> => {
    const cue = session.document.cues[index];
    const { id, durationMs } = session.meeting;
    const atMs = Math.round(Math.min(durationMs, cue?.startMs ?? session.playback.ms));
    const made = await runAndNotify(() => client.comments.add({ id, text, atMs, cue: cue?.id ?? null }));
    if (made !== undefined) setBegunAt(undefined);
    return made !== undefined;
  };
  return (
    <>
      <div data-new-comment>
        <CommentField
          label={index === -1 ? t.onPlace : t.onCaption(index + 1)}
          people={found.people}
          onSend={send}
          onWrite={(isEmpty) =>
            setBegunAt(isEmpty ? undefined : begunAt === undefined ? session.state.activeCueId : begunAt)
          }
        />
      </div>
      <ul className={`${classes.entries} ${classes.threads}`} aria-label={texts.editor.sidePanel.comments}>
        {threads.length === 0 ? (
          <Text size="sm" component="li">
            {t.none}
          </Text>
        ) : null}
        {threads.map((thread) => (
          <ThreadView key={thread.first.id} thread={thread} found={found} />
        ))}
      </ul>
    </>
  );
}
