/** The caption editor of one meeting: lays out video, waveform, caption list and panels, and opens the session. */
import { Anchor, Center, Loader, Group as Row, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { Link, useLocation } from "wouter";
import { ActionButton } from "../actions/action-button.tsx";
import { useActionContext } from "../actions/context.ts";
import { client } from "../station/connection.ts";
import { useStream } from "../station/live.ts";
import { api } from "../station/queries.ts";
import { texts } from "../texts/en.ts";
import { ExportState, isExporting } from "../ui/export-state.tsx";
import { timeOfDay } from "../ui/format.ts";
import { notifyDone, runAndNotify } from "../ui/notify.ts";
import { ProblemAlert } from "../ui/problem.tsx";
import { type DialogName, type EditorContext, EditorReactContext, useEditorSession } from "./context.ts";
import { Dialogs } from "./dialogs/dialogs.tsx";
import classes from "./editor.module.css";
import { focusCaptions, isField, useEditorKeys } from "./keys/use-keys.ts";
import { CueList } from "./list/list.tsx";
import { EditorPalette, openEditorPalette } from "./palette.tsx";
import type { FindRequest } from "./panels/find.tsx";
import { SidePanel } from "./panels/side-panel.tsx";
import { type EditorSession, openSession } from "./session/session.ts";
import { saveNewVersion, saveVersion } from "./session/versions.ts";
import { StatusBar } from "./status-bar.tsx";
import { Overview } from "./timeline/overview.tsx";
import { Waveform } from "./timeline/waveform.tsx";
import { TypingQuestion } from "./typing-question.tsx";
import { VideoPane, type VideoPaneProps } from "./video-pane.tsx";
import { WriteLock } from "./write-lock.tsx";

const t = texts.editor;
const defaultSpanMs = 30_000;

function Head({ id }: { readonly id: string }) {
  const { meeting } = useEditorSession();
  const { data, refetch } = useQuery({
    ...api.meeting.show.queryOptions({ input: { id }, meta: { calm: true } }),
    refetchInterval: ({ state }) => (isExporting(state.data?.export) ? 1_000 : false),
  });
  const exportAgain = async (): Promise<void> => {
    await runAndNotify(() => client.meeting.exportFiles({ id }));
    await refetch();
  };
  return (
    <header className={classes.head}>
      <Anchor component={Link} href={`/meeting/${id}`} size="sm">
        {t.back}
      </Anchor>
      <h1 className={classes.title} style={{ fontSize: "1rem", margin: 0 }}>
        {meeting.title}
      </h1>
      <ExportState job={data?.export ?? null} onRetry={() => void exportAgain()} />
      <ActionButton action="save-version" size="compact-sm" variant="default" />
      <ActionButton action="approve" size="compact-sm" />
      <ActionButton action="publish" size="compact-sm" variant="default" />
    </header>
  );
}

interface EditorLayoutProps {
  readonly session: EditorSession;
  readonly media: Omit<VideoPaneProps, "showsPreview">;
}

function EditorLayout({ session, media }: EditorLayoutProps) {
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<DialogName>();
  const [spanMs, setSpanMs] = useState(defaultSpanMs);
  const [showsPreview, setShowsPreview] = useState(true);
  const [findRequest, setFindRequest] = useState<FindRequest>({ options: "focus", count: 0 });
  const root = useRef<HTMLDivElement>(null);
  const across = useDefaultLayout({ id: "archivist-editor-across", storage: localStorage });
  const down = useDefaultLayout({ id: "archivist-editor-down", storage: localStorage });
  const context = useMemo(
    (): EditorContext => ({
      session,
      caret: () => root.current?.querySelector<HTMLTextAreaElement>("[data-editor-list] textarea")?.selectionStart,
      show: (what) => (what === "palette" ? openEditorPalette() : setDialog(what)),
      openSidePanel: (tab, options) => {
        session.store.setState({ sidePanel: tab });
        if (options !== undefined) setFindRequest(({ count }) => ({ options, count: count + 1 }));
      },
      saveVersion: () => saveVersion(session),
      publish: async () => {
        if (await saveNewVersion(session)) navigate(`/meeting/${session.meeting.id}?tab=publish`);
      },
      zoom: (factor) => setSpanMs((span) => Math.min(600_000, Math.max(4_000, span * factor))),
      togglePreview: () => setShowsPreview((shows) => !shows),
    }),
    [session, navigate],
  );
  const actionContext = useActionContext(context);
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
    const { recovered } = session;
    if (recovered === null) return;
    const at = recovered.lastDate === null ? "" : timeOfDay(recovered.lastDate);
    notifyDone(t.recovered(recovered.edits, at));
  }, [session]);
  return (
    <EditorReactContext.Provider value={context}>
      <div ref={root} className={classes.editor} data-editor>
        <WriteLock />
        <TypingQuestion />
        <Head id={session.meeting.id} />
        <Group orientation="horizontal" className={classes.panels} {...across}>
          <Panel id="left" defaultSize="38%" minSize="20%">
            <Group orientation="vertical" {...down}>
              <Panel id="video" defaultSize="62%" minSize="20%">
                <VideoPane {...media} showsPreview={showsPreview} />
              </Panel>
              <Separator className={`${classes.handle} ${classes.down}`} />
              <Panel id="wave" minSize="15%">
                <div className={classes.pane}>
                  <Waveform spanMs={spanMs} />
                </div>
              </Panel>
            </Group>
          </Panel>
          <Separator className={`${classes.handle} ${classes.across}`} />
          <Panel id="list" defaultSize="40%" minSize="25%">
            <div className={classes.pane}>
              <CueList />
            </div>
          </Panel>
          <Separator className={`${classes.handle} ${classes.across}`} />
          <Panel id="rail" defaultSize="22%" minSize="14%">
            <SidePanel findRequest={findRequest} />
          </Panel>
        </Group>
        <Overview />
        <StatusBar />
        <Dialogs
          shown={dialog}
          onClose={() => {
            setDialog(undefined);
            // After the dialog has closed; a person who was typing continues in the text.
            window.setTimeout(() => focusCaptions(session.state.mode));
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
        <Row gap="xs">
          <Loader size="sm" />
          <Text c="dimmed">{t.loading}</Text>
        </Row>
      </Center>
    );
  }
  const { url, isPlayable, playerStartMs, note } = meeting.data.media;
  return <EditorLayout key={id} session={session} media={{ url, isPlayable, playerStartMs, note }} />;
}
