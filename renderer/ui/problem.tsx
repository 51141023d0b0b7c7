/** An error with its cause and remedy; the details can be copied for support. */
import { Alert, Button, CopyButton, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { toFailure } from "../station/failure.ts";
import { texts } from "../texts/en.ts";
import { capitalize } from "./format.ts";

export function ProblemAlert({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { problem } = toFailure(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={capitalize(problem.message)} role="alert">
      <Text size="sm">{problem.remedy}</Text>
      <Group gap="xs" mt="xs">
        {onRetry === undefined ? null : (
          <Button size="compact-sm" variant="light" color="red" onClick={onRetry}>
            {texts.errors.retry}
          </Button>
        )}
        <CopyButton value={`${problem.code}: ${problem.message} ${problem.remedy}`}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={copy}>
              {copied ? texts.errors.copied : texts.errors.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
