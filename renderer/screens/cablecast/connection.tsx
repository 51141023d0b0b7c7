/** The Cablecast connection: account and connection test. */
import { Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { CheckList } from "../../ui/check-list.tsx";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useUnsaved } from "../../ui/unsaved.ts";

const t = texts.cablecast;

export function Connection() {
  const [user, setUser] = useState("");
  const [secret, setSecret] = useState("");
  useUnsaved(secret !== "");
  const check = useQuery(api.cablecast.check.queryOptions({ enabled: false, retry: false }));
  return (
    <Stack gap="md" maw={720}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void runAndNotify(
            () => client.cablecast.login({ user, secret }),
            () => t.kept,
          ).then(() => setSecret(""));
        }}
      >
        <Group align="flex-end">
          <TextInput
            label={t.user}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
            required
            autoComplete="off"
          />
          <PasswordInput
            label={t.secret}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            required
            w={240}
            autoComplete="off"
          />
          <Button type="submit" variant="default">
            {t.keep}
          </Button>
        </Group>
      </form>
      <Group>
        <Button onClick={() => void check.refetch()} loading={check.isFetching}>
          {t.check}
        </Button>
      </Group>
      {check.error ? <ProblemAlert error={check.error} /> : null}
      {check.data === undefined ? null : <CheckList checks={check.data.steps} />}
    </Stack>
  );
}
