/** Signing in again over what is open: nothing in it is lost. */
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Person } from "../../../electron/contract/api/session.ts";
import { signIn } from "../../station/http.ts";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useSubmit } from "./use-submit.ts";

interface SignInAgainProps {
  /** Who was signed in. */
  readonly person: Person;
  readonly onDone: () => Promise<void>;
}

const t = texts.signIn;

/** Whoever is in the middle of a word has stopped typing by then. */
const quietMs = 800;

/** True once no key was pressed for a moment: until then keys belong to what they were meant for. */
function useQuiet(): boolean {
  const [isQuiet, setQuiet] = useState(false);
  useEffect(() => {
    if (isQuiet) return undefined;
    const settle = (): void => setQuiet(true);
    let timer = setTimeout(settle, quietMs);
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(settle, quietMs);
    };
    window.addEventListener("keydown", wait, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("keydown", wait, { capture: true });
    };
  }, [isQuiet]);
  return isQuiet;
}

export function SignInAgain({ person, onDone }: SignInAgainProps) {
  const [password, setPassword] = useState("");
  const isQuiet = useQuiet();
  const { error, isBusy, onSubmit } = useSubmit(async () => {
    await signIn(person.name, password);
    await onDone();
  });
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      trapFocus={isQuiet}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t.again}
      // Somebody else may be in front of the screen by now.
      overlayProps={{ blur: 12, backgroundOpacity: 0.75 }}
      zIndex={1_000}
    >
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <Text size="sm">{t.againLead}</Text>
          {error === undefined ? null : <ProblemAlert error={error} />}
          <TextInput label={t.name} value={person.name} readOnly autoComplete="username" />
          <PasswordInput
            label={t.password}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
            data-autofocus
          />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={() => window.location.reload()}>
              {t.someoneElse}
            </Button>
            <Button type="submit" loading={isBusy}>
              {t.go}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
