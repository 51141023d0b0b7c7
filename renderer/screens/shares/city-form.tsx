/** Form of a city: where its recordings arrive, how they are named, and how they are published. */
import { Accordion, MultiSelect, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { captionProfileNames, speakerLabels } from "../../../electron/captions/quality/caption-profile.ts";
import { otherLanguageCaptions } from "../../../electron/contract/languages.ts";
import { accessLevels } from "../../../electron/contract/publishing.ts";
import { type CitySettings, citySchema } from "../../../electron/contract/settings/cities.ts";
import { texts } from "../../texts/en.ts";
import { KnownWords } from "../dictionary/known-words.tsx";
import { CityCablecast } from "./city-cablecast.tsx";
import { CityStyle } from "./city-style.tsx";
import { DraftForm, useDraft } from "./form-parts.tsx";
import { Glossary } from "./glossary.tsx";
import type { FormProps } from "./list-editor.tsx";
import { useGlossary } from "./use-glossary.ts";

const t = texts.shares;

const fresh: CitySettings = citySchema.parse({ name: "-", shares: ["-"] });
const empty: CitySettings = { ...fresh, name: "", shares: [] };

interface CityFormProps extends FormProps<CitySettings> {
  /** Labels of all shares. */
  readonly shares: readonly string[];
  readonly mayEditNames: boolean;
}

const choice = (value: string, label: string) => ({ value, label });
/** Stands for null, which a select does not support. */
const asStation = "station";

export function CityForm({ initial, mayChange, onSave, onRemove, shares, mayEditNames }: CityFormProps) {
  const { draft, set, problems, check } = useDraft(initial ?? empty, citySchema);
  const names = useGlossary(initial === undefined ? undefined : (initial.glossary ?? initial.name));
  // The names first: saving the city closes the form.
  const save = async (): Promise<void> => {
    if (check() && (await names.save())) await onSave(draft);
  };
  const approval = draft.needsApproval === null ? asStation : draft.needsApproval ? "yes" : "no";
  return (
    <Stack gap="md">
      <DraftForm
        mayChange={mayChange}
        isBad={Object.keys(problems).length > 0}
        name={draft.name}
        onKeep={() => void save()}
        onRemove={onRemove}
      >
        <TextInput
          label={t.cityName}
          value={draft.name}
          error={problems.name}
          onChange={(event) => set("name", event.currentTarget.value)}
          data-autofocus
        />
        <MultiSelect
          label={t.itsShares}
          description={t.itsSharesLead}
          data={[...new Set([...shares, ...draft.shares])]}
          value={draft.shares}
          error={problems.shares}
          disabled={!mayChange}
          onChange={(value) => set("shares", value)}
        />
        <TagsInput
          label={t.folders}
          description={t.foldersLead}
          value={draft.folders}
          error={problems.folders}
          disabled={!mayChange}
          onChange={(value) => set("folders", value)}
        />
        <Accordion variant="separated" multiple>
          <Accordion.Item value="names">
            <Accordion.Control>{t.nameOfRecordings}</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <TagsInput
                  label={t.namePatterns}
                  description={t.namePatternsLead}
                  placeholder="^(?<date>\d{4}-\d\d-\d\d)_(?<type>[a-z]+)"
                  splitChars={["\n"]}
                  value={draft.namePatterns}
                  error={problems.namePatterns}
                  disabled={!mayChange}
                  onChange={(value) => set("namePatterns", value)}
                />
                <TextInput
                  label={t.output}
                  description={t.outputLead}
                  placeholder={t.asStation}
                  value={draft.output ?? ""}
                  error={problems.output}
                  onChange={(event) => set("output", event.currentTarget.value || null)}
                />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
          <Accordion.Item value="captions">
            <Accordion.Control>{t.captions}</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <TextInput
                  label={texts.meeting.language}
                  description={t.languageLead}
                  placeholder={t.asStation}
                  value={draft.language ?? ""}
                  error={problems.language}
                  onChange={(event) => set("language", event.currentTarget.value || null)}
                />
                <TagsInput
                  label={t.otherLanguages}
                  description={t.otherLanguagesLead}
                  placeholder={draft.otherLanguages === null ? t.asStation : ""}
                  value={draft.otherLanguages ?? []}
                  error={problems.otherLanguages}
                  disabled={!mayChange}
                  onChange={(value) => set("otherLanguages", value.length === 0 ? null : value)}
                />
                <Select
                  label={t.otherLanguageCaptions}
                  data={[
                    choice(asStation, t.asStation),
                    ...otherLanguageCaptions.map((value) => choice(value, t.otherLanguageChoices[value])),
                  ]}
                  value={draft.otherLanguageCaptions ?? asStation}
                  onChange={(value) =>
                    set(
                      "otherLanguageCaptions",
                      value === asStation ? null : (value as CitySettings["otherLanguageCaptions"]),
                    )
                  }
                />
                <TextInput
                  label={texts.sound.title}
                  description={t.soundLead}
                  placeholder={t.soundFound}
                  value={draft.sound ?? ""}
                  error={problems.sound}
                  onChange={(event) => set("sound", event.currentTarget.value || null)}
                />
                <Select
                  label={t.profile}
                  data={[choice(asStation, t.asStation), ...captionProfileNames.map((value) => choice(value, value))]}
                  value={draft.captionProfile ?? asStation}
                  onChange={(value) =>
                    set("captionProfile", value === asStation ? null : (value as CitySettings["captionProfile"]))
                  }
                />
                <Select
                  label={t.speakers}
                  description={t.speakersLead}
                  data={[
                    choice(asStation, t.asStation),
                    ...speakerLabels.map((value) => choice(value, t.speakerLabels[value])),
                  ]}
                  value={draft.speakerLabels ?? asStation}
                  onChange={(value) =>
                    set("speakerLabels", value === asStation ? null : (value as CitySettings["speakerLabels"]))
                  }
                />
                <CityStyle value={draft.style} mayChange={mayChange} onChange={(value) => set("style", value)} />
                <TextInput
                  label={t.glossaryName}
                  description={t.glossaryNameLead}
                  placeholder={draft.name}
                  value={draft.glossary ?? ""}
                  error={problems.glossary}
                  onChange={(event) => set("glossary", event.currentTarget.value || null)}
                />
                <Select
                  label={t.approval}
                  data={(["station", "yes", "no"] as const).map((value) => choice(value, t.approvals[value]))}
                  value={approval}
                  onChange={(value) => set("needsApproval", value === asStation ? null : value === "yes")}
                />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
          <Accordion.Item value="publishing">
            <Accordion.Control>{t.publishing}</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <CityCablecast
                  value={draft.cablecast}
                  problems={problems}
                  onChange={(value) => set("cablecast", value)}
                />
                <Select
                  label={t.access}
                  data={[choice(asStation, t.asStation), ...accessLevels.map((value) => choice(value, value))]}
                  value={draft.access ?? asStation}
                  onChange={(value) => set("access", value === asStation ? null : (value as CitySettings["access"]))}
                />
                <TagsInput
                  label={t.notify}
                  description={t.notifyLead}
                  value={draft.notify}
                  error={problems.notify}
                  disabled={!mayChange}
                  onChange={(value) => set("notify", value)}
                />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        {mayChange ? <Glossary names={names} mayChange={mayEditNames} /> : null}
      </DraftForm>
      {/* Whoever may not change the city may still edit its names, with a button of their own. */}
      {mayChange ? null : <Glossary names={names} mayChange={mayEditNames} hasButton />}
      {initial === undefined ? null : <KnownWords city={initial.glossary ?? initial.name} mayChange={mayEditNames} />}
    </Stack>
  );
}
