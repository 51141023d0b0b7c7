/** The dictionaries for the spell check, one per language. */

import { Button, FileButton, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatBytes } from "../../../electron/contract/sizes.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { asBase64 } from "../../ui/base64.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { KnownWords } from "./known-words.tsx";

const t = texts.dictionary;

/** A file in the form that the station takes: gzip, base64. */
async function packed(file: File): Promise<string> {
  return asBase64(await new Response(file.stream().pipeThrough(new CompressionStream("gzip"))).blob());
}

/** The language code of a file name: `es_ES.dic` is Spanish. */
const parseLanguage = (name: string): string => /^([a-z]{2,3})(?![a-z])/i.exec(name)?.[1]?.toLowerCase() ?? "";

const languageName = (code: string): string => {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
};

function AddDictionary({ onAdded }: { readonly onAdded: () => void }) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [language, setLanguage] = useState("");
  const affixes = files.find(({ name }) => name.toLowerCase().endsWith(".aff"));
  const dictionary = files.find(({ name }) => name.toLowerCase().endsWith(".dic"));
  const add = async (): Promise<void> => {
    if (affixes === undefined || dictionary === undefined) return;
    const added = await runAndNotify(
      async () =>
        client.dictionary.add({ language, affixes: await packed(affixes), dictionary: await packed(dictionary) }),
      (kept) => t.added(languageName(language), kept.words),
    );
    if (added === undefined) return;
    setFiles([]);
    setLanguage("");
    onAdded();
  };
  return (
    <Group align="flex-end" gap="sm">
      <FileButton
        multiple
        accept=".aff,.dic"
        onChange={(chosen) => {
          setFiles(chosen);
          setLanguage(parseLanguage(chosen.find(({ name }) => /\.dic$/i.test(name))?.name ?? ""));
        }}
      >
        {(props) => (
          <Button {...props} variant="default">
            {t.choose}
          </Button>
        )}
      </FileButton>
      {files.length === 0 ? null : (
        <>
          <TextInput
            label={t.language}
            w={110}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value.trim().toLowerCase())}
          />
          <Button
            disabled={affixes === undefined || dictionary === undefined || !/^[a-z]{2,3}$/.test(language)}
            onClick={() => void add()}
          >
            {t.add}
          </Button>
          <Text size="sm" c={affixes === undefined || dictionary === undefined ? "orange" : undefined}>
            {affixes === undefined || dictionary === undefined ? t.both : files.map(({ name }) => name).join(", ")}
          </Text>
        </>
      )}
    </Group>
  );
}

interface DictionariesProps {
  readonly mayChange: boolean;
  readonly mayAddWords: boolean;
}

export function Dictionaries({ mayChange, mayAddWords }: DictionariesProps) {
  const found = useQuery(api.dictionary.list.queryOptions({ meta: { calm: true } }));
  if (found.error) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  const own = found.data ?? [];
  return (
    <Stack gap="lg" maw={760}>
      <Text size="sm">{t.lead}</Text>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.meeting.language}</Table.Th>
            <Table.Th>{t.count}</Table.Th>
            <Table.Th>{texts.settings.size}</Table.Th>
            <Table.Th w={110} aria-label={t.remove} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {own.some(({ language }) => language === "en") ? null : (
            <Table.Tr>
              <Table.Td>{languageName("en")}</Table.Td>
              <Table.Td colSpan={3}>
                <Text size="sm" c="dimmed">
                  {t.comesAlong}
                </Text>
              </Table.Td>
            </Table.Tr>
          )}
          {own.map(({ language, words: count, bytes }) => (
            <Table.Tr key={language}>
              <Table.Td>{languageName(language)}</Table.Td>
              <Table.Td>{count.toLocaleString("en")}</Table.Td>
              <Table.Td>{formatBytes(bytes)}</Table.Td>
              <Table.Td>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  disabled={!mayChange}
                  aria-label={`${t.remove}: ${languageName(language)}`}
                  onClick={() =>
                    void runAndNotify(() => client.dictionary.remove({ language })).then(() => found.refetch())
                  }
                >
                  {t.remove}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {mayChange ? <AddDictionary onAdded={() => void found.refetch()} /> : null}
      <KnownWords city="" mayChange={mayAddWords} />
    </Stack>
  );
}
