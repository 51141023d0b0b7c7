/** What is published of a meeting, each part as it is sent, and to be changed for this publication. */
import { Checkbox, Select, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { formatChapterList, parseChapterList } from "../../../electron/contract/chapter-list.ts";
import type { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import type { PublishDraft } from "./publish-draft.ts";
import { ShowChoice } from "./show-choice.tsx";

const t = texts.publishing;

export type PublishPreview = Awaited<ReturnType<typeof client.meeting.previewWith>>;

interface PublishFormProps {
  readonly preview: PublishPreview;
  readonly draft: PublishDraft;
  readonly onChange: (change: Partial<PublishDraft>) => void;
}

/** What the server says otherwise about a field. */
function Theirs({ preview, field }: { readonly preview: PublishPreview; readonly field: string }) {
  const other = preview.fields.find((each) => each.field === field);
  if (other === undefined) return null;
  return (
    <Text size="xs" c={other.outcome === "send" ? "dimmed" : "orange"} style={{ overflowWrap: "anywhere" }}>
      {t.theirs[other.outcome](other.theirs === "" ? t.empty : other.theirs)}
    </Text>
  );
}

export function PublishForm({ preview, draft, onChange }: PublishFormProps) {
  const { sent, qualities } = preview;
  const customFields = preview.fields.filter(({ field }) => field.startsWith("custom:"));
  return (
    <Stack gap="sm">
      {preview.target === "cablecast" ? (
        <ShowChoice draft={draft} onChange={onChange} show={preview.show} listTitle={sent.listTitle} />
      ) : null}
      <div>
        <TextInput
          size="sm"
          label={t.title}
          placeholder={sent.title}
          value={draft.title ?? sent.title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
          description={t.titleLead(sent.listTitle)}
        />
        <Theirs preview={preview} field="title" />
        <Checkbox
          size="xs"
          mt={6}
          label={t.generateTitle}
          checked={draft.generateTitle ?? sent.generateTitle}
          disabled={draft.title !== undefined && draft.title.trim() !== ""}
          onChange={(event) => onChange({ generateTitle: event.currentTarget.checked })}
        />
      </div>
      <div>
        <Textarea
          size="sm"
          label={t.description}
          autosize
          minRows={2}
          maxRows={8}
          value={draft.description ?? sent.description}
          onChange={(event) => onChange({ description: event.currentTarget.value })}
        />
        <Theirs preview={preview} field="description" />
        <Checkbox
          size="xs"
          mt={6}
          label={t.generateDescription}
          checked={draft.generateDescription ?? sent.generateDescription}
          disabled={draft.description !== undefined}
          onChange={(event) => onChange({ generateDescription: event.currentTarget.checked })}
        />
      </div>
      <div>
        <TextInput
          size="sm"
          type="date"
          label={t.date}
          value={draft.date ?? sent.date ?? ""}
          onChange={(event) => onChange({ date: event.currentTarget.value })}
          error={sent.date === null ? t.noDate : undefined}
          description={draft.date === undefined ? undefined : t.dateKept}
        />
        <Theirs preview={preview} field="date" />
      </div>
      <div>
        <TagsInput
          size="sm"
          label={t.tags}
          description={t.tagsLead}
          value={[...(draft.tags ?? sent.tags)]}
          onChange={(tags) => onChange({ tags })}
          maxTags={50}
        />
        {customFields.map(({ field }) => (
          <Theirs key={field} preview={preview} field={field} />
        ))}
      </div>
      <Chapters preview={preview} draft={draft} onChange={onChange} />
      {qualities.length === 0 ? null : (
        <Select
          size="sm"
          label={t.quality}
          placeholder={t.anyQuality}
          clearable
          data={qualities.map((lines) => ({ value: String(lines), label: t.lines(lines) }))}
          value={draft.quality === undefined ? (sent.quality?.toString() ?? null) : String(draft.quality)}
          onChange={(value) => onChange({ quality: value === null ? undefined : Number(value) })}
        />
      )}
      <Checkbox
        size="sm"
        label={t.captions(sent.captionCount)}
        checked={draft.captions ?? sent.captions}
        onChange={(event) => onChange({ captions: event.currentTarget.checked })}
      />
      {preview.shortcomings.map((each) => (
        <Text key={each} size="sm" c="orange">
          {each}
        </Text>
      ))}
    </Stack>
  );
}

function Chapters({ preview, draft, onChange }: PublishFormProps) {
  const faults = draft.chapters === undefined ? [] : parseChapterList(draft.chapters).faults;
  return (
    <Textarea
      size="sm"
      label={t.chapters}
      description={t.chaptersLead}
      autosize
      minRows={2}
      maxRows={10}
      value={draft.chapters ?? formatChapterList(preview.sent.chapters)}
      onChange={(event) => onChange({ chapters: event.currentTarget.value })}
      error={faults.length === 0 ? undefined : t.badChapters(faults)}
    />
  );
}
