/** One-line notice while a newer version can be installed, waits, or is being installed; "later" hides it. */
import { Alert, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";
import type { UpdateNotice as Notice } from "../../electron/contract/desktop.ts";
import { desktop, useUpdateNotice } from "../station/desktop.ts";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";

const t = texts.desktop.update;

/** The text of a notice, in one sentence. */
export function updateLine(notice: Notice): string {
  switch (notice.kind) {
    case "failed":
      return t.failed(notice.reason);
    case "ready":
      return notice.problem === undefined ? t.ready(notice.version) : t.problem(notice.version, notice.problem);
    case "waiting":
      return t.waiting(notice.version, notice.reason);
    case "fetching":
    case "installing":
      return t[notice.kind](notice.version);
    default:
      return t[notice.kind];
  }
}

export function UpdateNotice() {
  const notice = useUpdateNotice();
  const [place] = useLocation();
  /** The version that the person has postponed. */
  const [later, setLater] = useState("");
  if (desktop === undefined || notice.kind === "off" || notice.kind === "none" || notice.kind === "failed") return null;
  // A person who is editing captions is not interrupted by a notice that can wait.
  if (notice.kind === "ready" && place.startsWith("/edit/")) return null;
  if (notice.kind === "fetching" || (notice.kind === "ready" && later === notice.version)) return null;
  const ask = (work: () => Promise<void>): void => void runAndNotify(work);
  const { installUpdate, postponeUpdate } = desktop;
  return (
    <Alert
      color={notice.kind === "ready" && notice.problem !== undefined ? "orange" : "blue"}
      radius={0}
      py={6}
      role="status"
    >
      <Group gap="sm">
        <Text size="sm">{updateLine(notice)}</Text>
        {notice.kind === "ready" ? (
          <>
            <Button size="compact-sm" onClick={() => ask(installUpdate)}>
              {t.install}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setLater(notice.version)}>
              {t.later}
            </Button>
          </>
        ) : null}
        {notice.kind === "waiting" ? (
          <Button size="compact-sm" variant="default" onClick={() => ask(postponeUpdate)}>
            {t.notNow}
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
