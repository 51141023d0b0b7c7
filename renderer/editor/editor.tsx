/** The caption editor of one meeting: opens the session, and puts the surface together. */
import { Center, Group, Loader, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useActionContext } from "../actions/context.ts";
import { client } from "../station/connection.ts";
import { useStream } from "../station/live.ts";
import { api } from "../station/queries.ts";
import { texts } from "../texts/en.ts";
import { useEditorScheme } from "../ui/color-scheme.ts";
import { timeOfDay } from "../ui/format.ts";
import { notifyDone } from "../ui/notify.ts";
import { ProblemAlert } from "../ui/problem.tsx";
import { CommentCounts } from "./comments/use-comments.ts";
import { type DialogName, type EditorContext, EditorReactContext } from "./context.ts";
import { Dialogs } from "./dialogs/dialogs.tsx";
import classes from "./editor.module.css";
import { focusCaptions, isField, returnLostFocus, useEditorKeys } from "./keys/use-keys.ts";
import { EditorPalette, openEditorPalette } from "./palette.tsx";
import type { FindRequest } from "./panels/find.tsx";
import { type EditorSession, openSession } from "./session/session.ts";
import { saveNewVersion, saveVersion } from "./session/versions.ts";
import { StatusBar } from "./status-bar.tsx";
import { Surface } from "./surface/surface.tsx";
import { TopBar } from "./surface/top-bar.tsx";
import { usePanels } from "./surface/use-panels.ts";
import { TimelineView } from "./timeline/timeline-view.ts";
import { TypingQuestion } from "./typing-question.tsx";
import { hideUndoOffer, offerUndo } from "./undo-offer.tsx";
import { useAcceptPlayed } from "./use-accept-played.ts";
import { useBreakLines } from "./use-break-lines.ts";
import { useReportPlace } from "./use-report-place.ts";
import type { VideoPaneProps } from "./video-pane.tsx";
import { WriteLock } from "./write-lock.tsx";

const t = texts.editor;

interface EditorLayoutProps {
  readonly session: EditorSession;
  readonly media: Omit<VideoPaneProps, "showsPreview">;
}

function EditorLayout({ session, media }: EditorLayoutProps) {
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<DialogName>();
  const [showsPreview, setShowsPreview] = useState(true);
  const [findRequest, setFindRequest] = useState<FindRequest>({ options: "focus", count: 0 });
  const root = useRef<HTMLDivElement>(null);
  const timeline = useMemo(() => new TimelineView(session.meeting.durationMs), [session]);
  const arrangement = usePanels();
  const { panels } = arrangement;
  const context = useMemo(
    (): EditorContext => ({
      session,
      caret: () => root.current?.querySelector<HTMLTextAreaElement>("[data-editor-list] textarea")?.selectionStart,
      show: (what) => (what === "palette" ? openEditorPalette() : setDialog(what)),
      openSidePanel: (tab, options) => {
        session.store.setState({ sidePanel: tab });
        panels.reveal("inspector");
        if (options !== undefined) setFindRequest(({ count }) => ({ options, count: count + 1 }));
      },
      saveVersion: () => saveVersion(session),
      publish: async () => {
        if (await saveNewVersion(session)) navigate(`/meeting/${session.meeting.id}?tab=publish`);
      },
      timeline,
      panels,
      togglePreview: () => setShowsPreview((shows) => !shows),
    }),
    [session, navigate, timeline, panels],
  );
  const actionContext = useActionContext(context);
  useEditorScheme();
  useAcceptPlayed(session);
  useBreakLines(session);
  useReportPlace(session);
  useEditorKeys(context, actionContext, dialog !== undefined);
  useStream(
    `editor ${session.meeting.id}`,
    (signal) => client.editor.watch({ id: session.meeting.id, key: session.key }, { signal }),
    (notice) => void session.receive(notice),
  );
  useEffect(() => {
    focusCaptions("review");
    // After leaving type mode, the focus returns to the caption list, unless the person is in another field.
    return session.store.subscribe((now, before) => {
      const isSeeking =
        isField(document.activeElement) && document.activeElement.closest("[data-editor-list]") === null;
      if (now.mode === "review" && before.mode === "type" && !isSeeking) focusCaptions("review");
    });
  }, [session]);
  useEffect(() => {
    session.onEdit = (command) => offerUndo(session, command);
    return () => {
      session.onEdit = undefined;
      hideUndoOffer();
    };
  }, [session]);
  useEffect(() => {
    const { recovered } = session;
    if (recovered === null) return;
    const at = recovered.lastDate === null ? "" : timeOfDay(recovered.lastDate);
    notifyDone(t.recovered(recovered.edits, at));
  }, [session]);
  return (
    <EditorReactContext.Provider value={context}>
      <div ref={root} className={classes.editor} data-editor>
        <CommentCounts />
        <WriteLock />
        <TypingQuestion />
        <TopBar />
        <Surface media={{ ...media, showsPreview }} findRequest={findRequest} arrangement={arrangement} />
        <StatusBar />
        <Dialogs
          shown={dialog}
          onClose={() => {
            setDialog(undefined);
            // After the dialog has closed; a person who was typing continues in the text. Who is in another field by then
            // stays there.
            window.setTimeout(() => returnLostFocus(session.state.mode));
          }}
        />
        <EditorPalette context={actionContext} />
      </div>
    </EditorReactContext.Provider>
  );
}

export function Editor({ id }: { readonly id: string }) {
  const meeting = useQuery(api.meeting.show.queryOptions({ input: { id }, meta: { calm: true } }));
  const recordingId = meeting.data?.meeting.recordingId;
  const [session, setSession] = useState<EditorSession>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reopens the session
  useEffect(() => {
    if (recordingId === undefined) return undefined;
    let opened: EditorSession | undefined;
    let isGone = false;
    setError(undefined);
    openSession(id, recordingId).then(
      (found) => {
        opened = found;
        if (isGone) void found.close();
        else setSession(found);
      },
      (thrown: unknown) => setError(thrown),
    );
    const beforeUnload = (event: BeforeUnloadEvent): void => {
      if (opened?.hasUnsent) event.preventDefault();
    };
    window.addEventListener("beforeunload", beforeUnload);
    return () => {
      isGone = true;
      window.removeEventListener("beforeunload", beforeUnload);
      void opened?.close();
      setSession(undefined);
    };
  }, [id, recordingId, attempt]);
  const problem = meeting.error ?? error;
  if (problem !== undefined && problem !== null) {
    return <ProblemAlert error={problem} onRetry={() => setAttempt((count) => count + 1)} />;
  }
  if (session === undefined || meeting.data === undefined) {
    return (
      <Center h="100%">
        <Group gap="xs">
          <Loader size="sm" />
          <Text c="dimmed">{t.loading}</Text>
        </Group>
      </Center>
    );
  }
  const { url, isPlayable, playerStartMs, note } = meeting.data.media;
  return <EditorLayout key={id} session={session} media={{ url, isPlayable, playerStartMs, note }} />;
}
