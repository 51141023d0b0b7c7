/** The intake screen: recordings to be added and started. */
import { Alert, Anchor, Button, Card, FileButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { desktop } from "../../station/desktop.ts";
import { toFailure } from "../../station/failure.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { runAndNotify } from "../../ui/notify.ts";
import { Screen } from "../../ui/screen.tsx";
import { addFiles, addPaths, useIntake } from "./list.ts";
import { defaultOptions, StartForm } from "./options.tsx";
import { hasRealModel } from "./real-model.ts";
import { RecordingTable } from "./row.tsx";
import { ShareBrowser } from "./share-browser.tsx";

const t = texts.intake;

const inspect = (paths: readonly string[]): Promise<unknown> => runAndNotify(() => addPaths(paths));

/** Form that adds a file or folder by a path that the station can reach. */
function PathForm() {
  const isInspecting = useIntake((state) => state.isInspecting);
  const [path, setPath] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() !== "") void inspect([path.trim()]).then(() => setPath(""));
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t.path}
          placeholder={t.pathHint}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          style={{ flex: 1, maxWidth: 620 }}
        />
        <Button type="submit" variant="default" loading={isInspecting}>
          {t.add}
        </Button>
      </Group>
    </form>
  );
}

export function Intake() {
  const rows = useIntake((state) => state.rows);
  const choices = useQuery(api.intake.choices.queryOptions());
  const [options, setOptions] = useState(defaultOptions);
  const [isBrowsing, setBrowsing] = useState(false);
  return (
    <Screen
      title={t.title}
      actions={
        <>
          {desktop === undefined ? (
            <FileButton multiple accept="video/*,audio/*,.mxf,.ts,.mts,.mkv" onChange={(files) => void addFiles(files)}>
              {(props) => (
                <Button variant="default" {...props}>
                  {t.pick}
                </Button>
              )}
            </FileButton>
          ) : (
            <Button variant="default" onClick={() => void desktop?.chooseFiles().then(inspect)}>
              {t.pick}
            </Button>
          )}
          <Button variant="default" onClick={() => setBrowsing(true)}>
            {t.browse}
          </Button>
        </>
      }
    >
      {isBrowsing ? (
        <ShareBrowser
          onClose={() => setBrowsing(false)}
          onChoose={(path) => {
            setBrowsing(false);
            void inspect([path]);
          }}
        />
      ) : null}
      {choices.data === undefined || hasRealModel(choices.data.models) ? null : (
        <Alert color="orange" py="xs">
          {t.noModel}{" "}
          <Anchor component={Link} href="/settings/models" size="sm" underline="always" c="inherit">
            {texts.firstSteps.models}
          </Anchor>
        </Alert>
      )}
      <Text c="dimmed" size="sm">
        {t.lead}
      </Text>
      <PathForm />
      {rows.length === 0 ? (
        <Card withBorder>
          <Empty icon={<IconFileImport size={40} stroke={1.3} />} title={t.empty} lead={t.emptyLead} />
        </Card>
      ) : (
        <Stack gap="md">
          <RecordingTable rows={rows} cities={choices.data?.cities ?? []} formats={choices.data?.formats ?? []} />
          <StartForm options={options} onChange={setOptions} rows={rows} choices={choices.data} />
        </Stack>
      )}
      {choices.error ? <Alert color="red">{toFailure(choices.error).message}</Alert> : null}
    </Screen>
  );
}
