/** The sign-in screen. */
import { Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";
import { redeemTicket, signIn } from "../../station/http.ts";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useSubmit } from "./use-submit.ts";

interface SignInProps {
  readonly isFirstRun: boolean;
  readonly onDone: () => Promise<void>;
}

export function SignIn({ isFirstRun, onDone }: SignInProps) {
  const [path] = useLocation();
  const ticket = /^\/sign-in\/(.+)$/.exec(path)?.[1];
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const t = texts.signIn;
  const lead = isFirstRun
    ? ticket === undefined
      ? t.noTicket
      : t.firstLead
    : ticket === undefined
      ? t.lead
      : t.ticketLead;
  const { error, isBusy, onSubmit } = useSubmit(async () => {
    if (ticket === undefined) await signIn(name, password);
    else await redeemTicket(ticket, name, isFirstRun ? password : undefined);
    await onDone();
  });
  return (
    <Center h="100%" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={420}>
        <form onSubmit={onSubmit}>
          <Stack gap="md">
            <div>
              <Title order={1} size="h3">
                {isFirstRun ? t.first : t.title}
              </Title>
              <Text c="dimmed" size="sm" mt={4}>
                {lead}
              </Text>
            </div>
            {error === undefined ? null : <ProblemAlert error={error} />}
            <TextInput
              label={t.name}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              autoComplete="username"
              required
              autoFocus
            />
            {ticket === undefined || isFirstRun ? (
              <PasswordInput
                label={isFirstRun ? t.newPassword : t.password}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete={isFirstRun ? "new-password" : "current-password"}
                minLength={isFirstRun ? 8 : undefined}
                required
              />
            ) : null}
            <Button type="submit" loading={isBusy} disabled={isFirstRun && ticket === undefined}>
              {isFirstRun ? t.create : t.go}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
