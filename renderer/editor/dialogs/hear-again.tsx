/** Asks how a part of the meeting is heard again, and has the station do it. */
import { Button, Checkbox, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { findSpanAtHand } from "../actions/gap-commands.ts";
import { useEditorSession } from "../context.ts";
import { formatTime } from "../format-time.ts";

const t = texts.editor.hearAgain;

export function HearAgainDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const [span] = useState(() => findSpanAtHand(session));
  const [model, setModel] = useState<string | null>(null);
  const [language, setLanguage] = useState("");
  const [isCareful, setIsCareful] = useState(true);
  const [isTranslated, setIsTranslated] = useState(false);
  const models = useQuery(api.models.list.queryOptions({ meta: { calm: true } }));
  if (span === undefined) return <Text size="sm">{t.nothing}</Text>;
  const begin = async (): Promise<void> => {
    const options = {
      careful: isCareful,
      ...(model === null ? {} : { model }),
      ...(language === "" ? {} : { language }),
      ...(isTranslated ? { translate: true } : {}),
    };
    // What has been typed has to be at the station before it decides what nobody has touched.
    await session.settled();
    const request = { id: session.meeting.id, startMs: span.startMs, endMs: span.endMs, ...options };
    if (
      (await runAndNotify(
        () => client.editor.hearAgain(request),
        () => t.begun,
      )) !== undefined
    )
      onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t.lead(formatTime(span.startMs), formatTime(span.endMs))}</Text>
        <Checkbox
          label={t.careful}
          description={t.carefulLead}
          checked={isCareful}
          onChange={(event) => setIsCareful(event.currentTarget.checked)}
          data-autofocus
        />
        <Select
          label={t.model}
          placeholder={t.asBefore}
          clearable
          data={(models.data?.models ?? []).filter(({ isInstalled }) => isInstalled).map(({ name }) => name)}
          value={model}
          onChange={setModel}
        />
        <TextInput
          label={texts.meeting.language}
          description={t.languageLead}
          placeholder={t.asBefore}
          value={language}
          error={language === "" || /^(auto|[a-z]{2,3})$/.test(language) ? undefined : t.badLanguage}
          onChange={(event) => setLanguage(event.currentTarget.value.trim().toLowerCase())}
        />
        <Checkbox
          label={t.translate}
          checked={isTranslated}
          onChange={(event) => setIsTranslated(event.currentTarget.checked)}
        />
        <div>
          <Button type="submit">{t.begin}</Button>
        </div>
      </Stack>
    </form>
  );
}
