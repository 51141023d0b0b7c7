/** The window layout: navigation at the side, the screen beside it. */
import {
  ActionIcon,
  Alert,
  Anchor,
  AppShell,
  Badge,
  Button,
  Group,
  Menu,
  NavLink,
  Stack,
  Text,
  Tooltip,
} from "@mantine/core";
import { openSpotlight } from "@mantine/spotlight";
import { IconPlugConnectedX, IconSearch, IconUser } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { Link, useLocation } from "wouter";
import type { Person } from "../../electron/contract/api/session.ts";
import { openStates } from "../../electron/contract/jobs.ts";
import { screens } from "../actions/app-actions.ts";
import { useActionContext } from "../actions/context.ts";
import { useLayout } from "../actions/keyboard-layout.ts";
import { keysFor } from "../actions/keymap.ts";
import { formatKeys } from "../actions/keys.ts";
import { type ActionId, getAction, isPossible, mayRun } from "../actions/registry.ts";
import { client, useConnection } from "../station/connection.ts";
import { desktop, useStationNotice } from "../station/desktop.ts";
import { useLive } from "../station/live.ts";
import { useWrongServices } from "../station/services.ts";
import { texts } from "../texts/en.ts";
import { useScrollMemory } from "../ui/scroll-memory.ts";
import { CatalogNotice } from "./catalog-notice.tsx";
import { RestartNotice } from "./restart-notice.tsx";

interface LayoutProps {
  readonly person: Person;
  readonly version: string;
  readonly children: ReactNode;
}

/** Actions of the menu under the person's name. */
const personalActions: readonly ActionId[] = ["account", "theme", "reference", "sign-out"];

export function Layout({ person, version, children }: LayoutProps) {
  const [path] = useLocation();
  const content = useRef<HTMLDivElement>(null);
  useScrollMemory(content, path);
  const state = useConnection((line) => line.state);
  // The desktop program shows its own notice when its station is away.
  const isStationReady = useStationNotice(({ kind }) => desktop === undefined || kind === "ready" || kind === "safe");
  const context = useActionContext();
  const labels = useLayout((layout) => layout.labels);
  const queue = useLive("badge", (signal) => client.queue.watch({ states: [...openStates], limit: 1 }, { signal }));
  const open = queue === undefined ? 0 : queue.counts.running + queue.counts.queued + queue.counts.waiting;
  const wrong = useWrongServices();
  const isEditor = path.startsWith("/edit/");
  const personal = personalActions.map(getAction).filter((action) => isPossible(action, context));
  return (
    // The editor takes the whole window and has its own link back.
    <AppShell
      navbar={{ width: 216, breakpoint: 0, collapsed: { desktop: isEditor, mobile: isEditor } }}
      padding={0}
      h="100vh"
      transitionDuration={0}
    >
      <Anchor
        href="#content"
        className="skip"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("content")?.focus();
        }}
      >
        {texts.navigation.skip}
      </Anchor>
      <AppShell.Navbar p="xs" style={{ overflowY: "auto" }} aria-label={texts.navigation.label}>
        <Stack gap={4} mih="100%">
          <Group justify="space-between" px="xs" py={6} wrap="nowrap">
            <Text fw={700}>{texts.product}</Text>
            <Tooltip label={`${texts.navigation.search} (Ctrl K)`}>
              <ActionIcon variant="subtle" color="gray" onClick={openSpotlight} aria-label={texts.navigation.search}>
                <IconSearch size={18} />
              </ActionIcon>
            </Tooltip>
          </Group>
          {screens
            .filter((screen) => mayRun(screen, person.role))
            .map(({ path: own, title, icon: ScreenIcon }) => {
              const isHere = own === "/" ? path === "/" : path === own || path.startsWith(`${own}/`);
              return (
                <NavLink
                  key={own}
                  component={Link}
                  href={own}
                  label={title}
                  active={isHere || (own === "/library" && /^\/(meeting|edit)\//.test(path))}
                  aria-current={isHere ? "page" : undefined}
                  leftSection={<ScreenIcon size={18} aria-hidden />}
                  rightSection={
                    own === "/queue" && open > 0 ? (
                      <Badge size="sm" variant="light" circle={open < 10}>
                        {open}
                      </Badge>
                    ) : own === "/health" && wrong > 0 ? (
                      <Badge
                        size="sm"
                        color="red"
                        variant="filled"
                        circle
                        role="img"
                        aria-label={texts.health.wrong(wrong)}
                      >
                        {wrong}
                      </Badge>
                    ) : null
                  }
                  py={6}
                  style={{ borderRadius: "var(--mantine-radius-md)" }}
                />
              );
            })}
          <Menu position="right-end" width={260}>
            <Menu.Target>
              <Button
                mt="auto"
                variant="subtle"
                color="gray"
                justify="flex-start"
                leftSection={<IconUser size={18} aria-hidden />}
              >
                {person.name}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>
                {person.name}, {texts.settings.roles[person.role]} · {texts.product} {version}
              </Menu.Label>
              {personal.map((action) => {
                const { id, title, icon: PersonalIcon, run } = action;
                const [keys] = keysFor(action, "app");
                return (
                  <Menu.Item
                    key={id}
                    leftSection={PersonalIcon === undefined ? null : <PersonalIcon size={16} aria-hidden />}
                    rightSection={keys === undefined ? null : <Text size="xs">{formatKeys(keys, labels)}</Text>}
                    onClick={() => void run(context)}
                  >
                    {title}
                  </Menu.Item>
                );
              })}
            </Menu.Dropdown>
          </Menu>
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main h="100vh" style={{ display: "flex", flexDirection: "column" }}>
        {state === "broken" && isStationReady ? (
          <Alert color="orange" radius={0} icon={<IconPlugConnectedX aria-hidden />} role="status" py="xs">
            {texts.connection.broken}
          </Alert>
        ) : null}
        <CatalogNotice />
        <RestartNotice role={person.role} />
        <div ref={content} id="content" tabIndex={-1} className="content">
          {children}
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
