/** The root component: the workstation for a signed-in person, otherwise the sign-in screen. */
import { Center, Loader, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { Route, Switch, useLocation } from "wouter";
import type { Person } from "../electron/contract/api/session.ts";
import { Editor } from "./editor/editor.tsx";
import { About } from "./frame/about.tsx";
import { DesktopBridge } from "./frame/desktop-bridge.tsx";
import { DesktopNotices } from "./frame/desktop-notices.tsx";
import { Layout } from "./frame/layout.tsx";
import { Palette } from "./frame/palette.tsx";
import { Cablecast } from "./screens/cablecast/cablecast.tsx";
import { Dashboard } from "./screens/dashboard/dashboard.tsx";
import { Health } from "./screens/health/health.tsx";
import { Help } from "./screens/help/help.tsx";
import { DropTarget } from "./screens/intake/drop-target.tsx";
import { Intake } from "./screens/intake/intake.tsx";
import { Library } from "./screens/library/library.tsx";
import { Meeting } from "./screens/meeting/meeting.tsx";
import { BatchReport } from "./screens/queue/batch-report.tsx";
import { Queue } from "./screens/queue/queue.tsx";
import { Settings } from "./screens/settings/settings.tsx";
import { Shares } from "./screens/shares/shares.tsx";
import { SignIn } from "./screens/sign-in/sign-in.tsx";
import { SignInAgain } from "./screens/sign-in/sign-in-again.tsx";
import { client, connection, useConnection } from "./station/connection.ts";
import { desktop, useStationNotice } from "./station/desktop.ts";
import { useStream } from "./station/live.ts";
import { usePresence } from "./station/presence.ts";
import { useSession } from "./station/session.ts";
import { texts } from "./texts/en.ts";
import { ProblemAlert } from "./ui/problem.tsx";

/** Minimum interval between refetches of frequently changing data, in milliseconds. */
const refreshMs = 1_500;

/** Refetches what is shown when the station reports a change and when the connection is restored. */
function useFreshData(): void {
  const cache = useQueryClient();
  const timer = useRef<number>(undefined);
  const isOpen = useConnection(({ state }) => state === "open");
  useStream(
    "changes",
    (signal) => client.station.changes(undefined, { signal }),
    () => {
      timer.current ??= window.setTimeout(() => {
        timer.current = undefined;
        // `calm` queries change only through user actions, and are refetched after those.
        void cache.invalidateQueries({ predicate: ({ meta }) => meta?.calm !== true });
      }, refreshMs);
    },
  );
  useEffect(() => {
    if (isOpen) void cache.invalidateQueries();
  }, [isOpen, cache]);
}

function Workstation({ person, version }: { readonly person: Person; readonly version: string }) {
  useFreshData();
  return (
    <Layout person={person} version={version}>
      <DesktopNotices />
      {desktop === undefined ? null : <DesktopBridge desktop={desktop} />}
      <Palette />
      <DropTarget />
      <Switch>
        <Route path="/intake" component={Intake} />
        <Route path="/queue/:id?">{({ id }) => <Queue id={id} role={person.role} />}</Route>
        <Route path="/batch/:id">{({ id }) => <BatchReport key={id} id={id} />}</Route>
        <Route path="/library">{() => <Library role={person.role} />}</Route>
        <Route path="/meeting/:id/:second?">
          {({ id, second }) => <Meeting key={id} id={id} second={Number(second ?? 0)} role={person.role} />}
        </Route>
        <Route path="/edit/:id">{({ id }) => <Editor key={id} id={id} />}</Route>
        <Route path="/cablecast" component={Cablecast} />
        <Route path="/shares">
          <Shares role={person.role} />
        </Route>
        <Route path="/settings/:tab?">{({ tab }) => <Settings key={tab} tab={tab} role={person.role} />}</Route>
        <Route path="/health" component={Health} />
        <Route path="/help/:page?/:anchor?">{({ page, anchor }) => <Help page={page} anchor={anchor} />}</Route>
        <Route>
          <Dashboard role={person.role} />
        </Route>
      </Switch>
    </Layout>
  );
}

export function App() {
  return (
    <>
      {desktop === undefined ? null : <About desktop={desktop} />}
      <Screen />
    </>
  );
}

/** The workstation, or the screen that precedes it. */
function Screen() {
  const session = useSession();
  const [, go] = useLocation();
  const station = useStationNotice(({ kind }) => kind);
  const person = session.data?.person;
  const { refetch } = session;
  const state = useConnection((current) => current.state);
  const wasSignedIn = useRef<Person>(undefined);
  if (person != null) wasSignedIn.current = person;
  const lastPerson = wasSignedIn.current;
  // Whoever has signed out themselves begins anew.
  const isAgain = state !== "signed out";
  useEffect(() => {
    if (person != null) connection.start();
  }, [person]);
  useEffect(() => {
    // The station closes the line of whoever is signed out: is it that, or the network?
    if (state === "broken" && lastPerson !== undefined) void refetch({ cancelRefetch: false });
  }, [state, lastPerson, refetch]);
  const refresh = useCallback(() => void refetch({ cancelRefetch: false }), [refetch]);
  usePresence(person != null, refresh);
  const onSignedIn = async (): Promise<void> => {
    await refetch();
    connection.start();
  };
  // The station notice already reports that the station is away; failing calls add no information then.
  const isAway = desktop !== undefined && station !== "ready" && station !== "safe";
  const isUnknown = session.data === undefined;
  useEffect(() => {
    // A slow start outlasts the attempts of the first request.
    if (desktop !== undefined && !isAway && isUnknown) void refetch({ cancelRefetch: false });
  }, [isAway, isUnknown, refetch]);
  if (session.data === undefined) {
    const isWaiting = station !== "failed" && (isAway || session.error === null);
    return (
      <Center h="100%" p="md">
        <Stack align="center" gap="sm" maw={760}>
          {isWaiting ? <Loader size="sm" /> : null}
          <DesktopNotices />
          {session.error && !isAway ? (
            <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />
          ) : null}
          {isWaiting ? <Text c="dimmed">{texts.loading}</Text> : null}
        </Stack>
      </Center>
    );
  }
  if (person == null && lastPerson !== undefined && isAgain) {
    return (
      <>
        <Workstation key={lastPerson.id} person={lastPerson} version={session.data.version} />
        <SignInAgain person={lastPerson} onDone={onSignedIn} />
      </>
    );
  }
  if (person == null) {
    const onDone = async (): Promise<void> => {
      go("/");
      await session.refetch();
    };
    return <SignIn isFirstRun={session.data.isFirstRun} onDone={onDone} />;
  }
  return <Workstation key={person.id} person={person} version={session.data.version} />;
}
