/** Job options for the recordings, and the button that starts them. */
import { Button, Group, Select, TextInput, Tooltip } from "@mantine/core";
import { useLocation } from "wouter";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone, notifyFailure } from "../../ui/notify.ts";
import { type OutputChoice, OutputFields, toOutputOptions } from "../../ui/work-options.tsx";
import { clearRows, isStartable, type Row, removeRow } from "./list.ts";
import { hasRealModel } from "./real-model.ts";
import { toRecording } from "./to-recording.ts";

const t = texts.intake;
const targets = ["transcribed", "enriched", "published"] as const;

export interface StartOptions {
  /** null: the station's default. */
  readonly model: string | null;
  /** ISO 639-1; empty: the station's default. */
  readonly language: string;
  readonly priority: string;
  readonly target: (typeof targets)[number];
  readonly output: OutputChoice;
}

export const defaultOptions: StartOptions = {
  model: null,
  language: "",
  priority: "3",
  target: "enriched",
  output: {},
};

interface StartFormProps {
  readonly options: StartOptions;
  readonly onChange: (options: StartOptions) => void;
  readonly rows: readonly Row[];
  /** Models and defaults of the station; undefined while loading. */
  readonly choices: Awaited<ReturnType<typeof client.intake.choices>> | undefined;
}

export function StartForm({ options, onChange, rows, choices }: StartFormProps) {
  const [, go] = useLocation();
  const { model, language, priority, target, output } = options;
  const set = (part: Partial<StartOptions>): void => onChange({ ...options, ...part });
  const startable = rows.filter(isStartable);
  // "The best one" of none: the station would refuse it.
  const chosen = model ?? choices?.defaults.model;
  const lacksModel = choices !== undefined && chosen === "auto" && !hasRealModel(choices.models);
  const start = async (): Promise<void> => {
    try {
      const results = await client.intake.start({
        recordings: startable.flatMap(toRecording),
        options: {
          ...(model === null ? {} : { model }),
          ...(language.trim() === "" ? {} : { language: language.trim() }),
          priority: Number(priority),
          target,
          ...toOutputOptions(output),
        },
      });
      const failed = results.filter(({ problem }) => problem !== null);
      // One notice for each reason, however many recordings it holds for.
      const reasons = new Map(failed.flatMap(({ problem }) => (problem === null ? [] : [[problem.message, problem]])));
      for (const problem of reasons.values()) notifyFailure({ data: problem });
      const done = new Set(results.filter(({ problem }) => problem === null).map(({ path: own }) => own));
      for (const { key, candidate } of startable) if (done.has(candidate?.path ?? "")) removeRow(key);
      if (done.size > 0) notifyDone(t.started(done.size));
      if (failed.length === 0) go("/queue");
    } catch (thrown) {
      notifyFailure(thrown);
    }
  };
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label={t.model}
        style={{ flex: 1, minWidth: 180, maxWidth: 320 }}
        data={(choices?.models ?? []).map(({ name, note }) => ({ value: name, label: `${name} (${note})` }))}
        value={model ?? choices?.defaults.model ?? null}
        onChange={(value) => set({ model: value })}
      />
      <TextInput
        label={t.language}
        w={80}
        placeholder={choices?.defaults.language}
        value={language}
        onChange={(event) => set({ language: event.currentTarget.value })}
      />
      <Select
        label={t.priority}
        w={70}
        data={["1", "2", "3", "4", "5"]}
        value={priority}
        onChange={(value) => set({ priority: value ?? "3" })}
      />
      <Select
        label={t.target}
        w={230}
        data={targets.map((value) => ({ value, label: t.targets[value] }))}
        value={target}
        onChange={(value) => set({ target: (value ?? "enriched") as typeof target })}
      />
      <OutputFields
        choice={output}
        onChange={(chosen) => set({ output: chosen })}
        formats={choices?.formats ?? []}
        usual={texts.work.options.usual}
      />
      <Tooltip label={t.startNeedsModel} disabled={!lacksModel}>
        <Button onClick={() => void start()} disabled={startable.length === 0 || lacksModel}>
          {t.start(startable.length)}
        </Button>
      </Tooltip>
      <Button variant="subtle" color="gray" onClick={clearRows}>
        {t.clear}
      </Button>
    </Group>
  );
}
