/** How fast this machine is: what was measured, or the measuring while it runs. */
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconGauge } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { SelfTestView } from "../../../electron/contract/api/models.ts";
import { texts } from "../../texts/en.ts";
import { capitalize, moment } from "../../ui/format.ts";
import type { ModelActions } from "./use-models.ts";

const t = texts.models;

interface SelfTestProps {
  readonly view: SelfTestView;
  readonly actions: ModelActions;
  readonly mayChange: boolean;
  /** True: measures by itself when nothing is known of this machine, once while this is shown. */
  readonly startsAlone?: boolean;
}

export function SelfTest({ view, actions, mayChange, startsAlone = false }: SelfTestProps) {
  const { state } = view;
  const hasStarted = useRef(false);
  useEffect(() => {
    if (!startsAlone || !mayChange || hasStarted.current || state !== "needed") return;
    hasStarted.current = true;
    actions.startSelfTestUnasked();
  }, [startsAlone, mayChange, state, actions]);
  if (state === "running") {
    return (
      <Stack gap={6} role="status">
        <Group justify="space-between">
          <Text size="sm">{t.measuring}</Text>
          {mayChange ? (
            <Button size="compact-sm" variant="default" onClick={actions.cancelSelfTest}>
              {t.cancel}
            </Button>
          ) : null}
        </Group>
        <Progress value={Math.max(4, (view.progress ?? 0) * 100)} animated aria-label={t.measuring} />
      </Stack>
    );
  }
  if (state === "failed" && view.problem !== null) {
    return (
      <Alert color="orange" py="xs" title={capitalize(view.problem.message)}>
        <Group gap="sm">
          <Text size="sm">{view.problem.remedy}</Text>
          {mayChange ? (
            <Button size="compact-sm" variant="default" onClick={actions.startSelfTest}>
              {t.measure}
            </Button>
          ) : null}
        </Group>
      </Alert>
    );
  }
  const facts =
    view.measuredDate === null
      ? [state === "unavailable" ? t.unavailable : t.notMeasured]
      : [
          t.measured(moment(view.measuredDate)),
          view.processor,
          view.engine,
          view.level === null ? null : t.level(view.level),
        ];
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <IconGauge size={18} aria-hidden style={{ flex: "none", marginTop: 2 }} />
      <Text size="sm" c="dimmed" style={{ flex: 1 }}>
        {facts.filter((fact) => fact !== null).join(" · ")}
      </Text>
      {mayChange && state !== "unavailable" ? (
        <Button size="compact-sm" variant="default" onClick={actions.startSelfTest} style={{ flex: "none" }}>
          {state === "measured" ? t.measureAgain : t.measure}
        </Button>
      ) : null}
    </Group>
  );
}
