/** The names of a city while they are edited. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { useUnsaved } from "../../ui/unsaved.ts";

type Terms = Awaited<ReturnType<typeof client.glossary.list>>;

const asText = (terms: Terms): string =>
  terms.map(({ term, kind }) => (kind === "other" ? term : `${kind}: ${term}`)).join("\n");

export interface GlossaryDraft {
  /** undefined: a new city, which has no names yet. */
  readonly city: string | undefined;
  /** undefined until they are loaded. */
  readonly terms: Terms | undefined;
  readonly error: Error | null;
  readonly refetch: () => void;
  /** One a line. */
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly isChanged: boolean;
  /** Saves them, if they were changed. @returns false when that failed */
  readonly save: () => Promise<boolean>;
}

export function useGlossary(city: string | undefined): GlossaryDraft {
  const input = { city: city ?? "" };
  const terms = useQuery(api.glossary.list.queryOptions({ input, meta: { calm: true }, enabled: city !== undefined }));
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (terms.data !== undefined) setText((known) => known ?? asText(terms.data));
  }, [terms.data]);
  const isChanged = terms.data !== undefined && text !== undefined && text !== asText(terms.data);
  useUnsaved(isChanged);
  const save = async (): Promise<boolean> => {
    if (city === undefined || text === undefined || !isChanged) return true;
    const kept = await runAndNotify(
      () => client.glossary.replace({ city, text }),
      (all) => texts.shares.glossarySaved(all.length),
    );
    if (kept === undefined) return false;
    setText(asText(kept));
    await terms.refetch();
    return true;
  };
  return {
    city,
    terms: terms.data,
    error: terms.error,
    refetch: () => void terms.refetch(),
    text: text ?? "",
    setText,
    isChanged,
    save,
  };
}
