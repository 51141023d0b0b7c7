/** The dialog that makes a batch: of cities and dates, or of a list of files. */
import {
  Alert,
  Button,
  Checkbox,
  Group,
  List,
  Modal,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { CreatedBatch } from "../../../electron/contract/api/batches.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { type OutputChoice, OutputFields, toOutputOptions } from "../../ui/work-options.tsx";

const t = texts.work.batches;
const targets = ["transcribed", "enriched", "published"] as const;

interface Draft {
  readonly shape: "cities" | "files";
  readonly name: string;
  readonly cities: readonly string[];
  readonly since: string;
  readonly until: string;
  readonly files: string;
  /** City of the files; null: as place and name say. */
  readonly city: string | null;
  readonly priority: string | null;
  readonly target: (typeof targets)[number];
  readonly again: boolean;
  readonly output: OutputChoice;
}

const emptyDraft: Draft = {
  ...{ shape: "cities", name: "", cities: [], since: "", until: "", files: "", city: null },
  ...{ priority: null, target: "enriched", again: false, output: {} },
};

const listPaths = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function toRequest({ shape, name, cities, since, until, files, city, priority, target, again, output }: Draft) {
  const shared = {
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    settings: {
      target,
      ...(priority === null ? {} : { priority: Number(priority) }),
      ...(again ? { force: true } : {}),
      ...toOutputOptions(output),
    },
  };
  if (shape === "files") {
    return { ...shared, files: listPaths(files).map((path) => ({ path, ...(city === null ? {} : { city }) })) };
  }
  return {
    ...shared,
    cities: [...cities],
    ...(since === "" ? {} : { since }),
    ...(until === "" ? {} : { until }),
  };
}

interface NewBatchProps {
  readonly onClose: () => void;
  readonly onShow: (batch: { readonly id: string; readonly name: string }) => void;
}

export function NewBatch({ onClose, onShow }: NewBatchProps) {
  const [draft, setDraft] = useState(emptyDraft);
  const [created, setCreated] = useState<CreatedBatch>();
  const [error, setError] = useState<unknown>();
  const [inspected, setInspected] = useState<{ readonly inspected: number; readonly path: string | null }>();
  const work = useRef<AbortController>(undefined);
  // Closing the dialog stops a search; nothing is in the queue before it has ended.
  useEffect(() => () => work.current?.abort(), []);
  const start = async (): Promise<void> => {
    const controller = new AbortController();
    work.current = controller;
    setError(undefined);
    setInspected({ inspected: 0, path: null });
    try {
      for await (const report of await client.batches.watchCreate(toRequest(draft), { signal: controller.signal })) {
        setInspected(report);
        if (report.created !== null) setCreated(report.created);
      }
    } catch (thrown) {
      if (!controller.signal.aborted) setError(thrown);
    } finally {
      setInspected(undefined);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t.createTitle} size="xl">
      {created !== undefined ? (
        <Created
          created={created}
          onClose={onClose}
          onShow={() => onShow({ id: created.batch_id, name: created.name })}
        />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void start();
          }}
        >
          <Stack gap="sm">
            <fieldset disabled={inspected !== undefined} className="plain">
              <BatchFields draft={draft} onChange={setDraft} />
            </fieldset>
            {error === undefined ? null : <ProblemAlert error={error} />}
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm" c="dimmed" role="status" truncate>
                {inspected === undefined ? "" : t.inspecting(inspected.inspected, inspected.path)}
              </Text>
              <Group gap="xs" wrap="nowrap">
                {inspected === undefined ? null : (
                  <Button variant="default" onClick={() => work.current?.abort()}>
                    {t.stop}
                  </Button>
                )}
                <Button
                  type="submit"
                  loading={inspected !== undefined}
                  disabled={draft.shape === "files" && listPaths(draft.files).length === 0}
                >
                  {t.start}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function BatchFields({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  const choices = useQuery(api.intake.choices.queryOptions());
  const cities = choices.data?.cities ?? [];
  const set = (part: Partial<Draft>): void => onChange({ ...draft, ...part });
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t.what}
        value={draft.shape}
        onChange={(shape) => set({ shape: shape as Draft["shape"] })}
        data={[
          { value: "cities", label: t.ofCities },
          { value: "files", label: t.ofFiles },
        ]}
      />
      {draft.shape === "cities" ? (
        <Group align="flex-end" gap="sm" grow preventGrowOverflow={false}>
          <MultiSelect
            label={t.cities}
            placeholder={draft.cities.length === 0 ? t.allCities : ""}
            data={cities}
            value={[...draft.cities]}
            onChange={(chosen) => set({ cities: chosen })}
            clearable
            searchable
          />
          {(["since", "until"] as const).map((name) => (
            <TextInput
              key={name}
              type="date"
              label={t[name]}
              value={draft[name]}
              onChange={(event) => set({ [name]: event.currentTarget.value })}
            />
          ))}
        </Group>
      ) : (
        <>
          <Textarea
            label={t.files}
            description={t.filesLead}
            rows={5}
            value={draft.files}
            onChange={(event) => set({ files: event.currentTarget.value })}
          />
          <Select
            label={t.city}
            placeholder={t.cityUsual}
            data={cities}
            value={draft.city}
            onChange={(city) => set({ city })}
            clearable
          />
        </>
      )}
      <Group align="flex-end" gap="sm">
        <OutputFields
          choice={draft.output}
          onChange={(output) => set({ output })}
          formats={choices.data?.formats ?? []}
          usual={texts.work.options.usual}
        />
        <Select
          label={texts.intake.priority}
          placeholder={texts.work.options.usual}
          w={110}
          data={["1", "2", "3", "4", "5"]}
          value={draft.priority}
          onChange={(priority) => set({ priority })}
          clearable
        />
        <Select
          label={t.target}
          w={210}
          data={targets.map((value) => ({ value, label: texts.intake.targets[value] }))}
          value={draft.target}
          onChange={(value) => set({ target: targets.find((each) => each === value) ?? "enriched" })}
          allowDeselect={false}
        />
      </Group>
      <TextInput
        label={t.name}
        description={t.nameLead}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Checkbox
        label={t.again}
        checked={draft.again}
        onChange={(event) => set({ again: event.currentTarget.checked })}
      />
    </Stack>
  );
}

interface CreatedProps {
  readonly created: CreatedBatch;
  readonly onClose: () => void;
  readonly onShow: () => void;
}

function Created({ created, onClose, onShow }: CreatedProps) {
  const { name, jobs, refused } = created;
  return (
    <Stack gap="sm">
      <Alert color="teal" title={name}>
        {t.created(jobs.length)}
      </Alert>
      {refused.length === 0 ? null : (
        <div>
          <Text fw={600} size="sm">
            {t.refusedCount(refused.length)}
          </Text>
          <List size="sm">
            {refused.map(({ path, reason }) => (
              <List.Item key={path} style={{ overflowWrap: "anywhere" }}>
                {path}: {reason}
              </List.Item>
            ))}
          </List>
        </div>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onShow}>
          {t.show}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t.done}
        </Button>
      </Group>
    </Stack>
  );
}
