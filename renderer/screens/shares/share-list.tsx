/** The shares: where they are mounted and what they are for. */
import { Select, Switch, TextInput } from "@mantine/core";
import { IconServer2 } from "@tabler/icons-react";
import { type ShareSettings, shareRoles, shareSchema } from "../../../electron/contract/settings/shares.ts";
import { useSetting } from "../../station/settings.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { TryOut } from "../settings/setting-trial.tsx";
import { DraftForm, useDraft } from "./form-parts.tsx";
import { type FormProps, ListEditor } from "./list-editor.tsx";

const words = texts.shares;
const none: readonly ShareSettings[] = [];
const fresh: ShareSettings = { path: "", label: "", role: "active", mountCommand: null, mustBeMounted: true };

function ShareForm({ initial, mayChange, onSave, onRemove }: FormProps<ShareSettings>) {
  const { draft, set, problems, check } = useDraft(initial ?? fresh, shareSchema);
  return (
    <DraftForm
      mayChange={mayChange}
      isBad={Object.keys(problems).length > 0}
      name={draft.label}
      onKeep={() => check() && void onSave(draft)}
      onRemove={onRemove}
    >
      <TextInput
        label={words.label}
        description={words.labelLead}
        value={draft.label}
        error={problems.label}
        onChange={(event) => set("label", event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={words.path}
        description={words.pathLead}
        value={draft.path}
        error={problems.path}
        onChange={(event) => set("path", event.currentTarget.value)}
      />
      <Select
        label={words.role}
        description={words.roleLead}
        data={shareRoles.map((value) => ({ value, label: words.roles[value] }))}
        value={draft.role}
        onChange={(value) => value !== null && set("role", value as ShareSettings["role"])}
      />
      <Switch
        label={words.mustBeMounted}
        description={words.mustBeMountedLead}
        checked={draft.mustBeMounted}
        onChange={(event) => set("mustBeMounted", event.currentTarget.checked)}
      />
      <TextInput
        label={words.mountCommand}
        description={words.mountCommandLead}
        value={draft.mountCommand ?? ""}
        error={problems.mountCommand}
        onChange={(event) => set("mountCommand", event.currentTarget.value || null)}
      />
      <TryOut
        label={words.tryShare}
        isReady={draft.path.trim() !== ""}
        trial={{ what: "share", path: draft.path, mustBeMounted: draft.mustBeMounted }}
      />
    </DraftForm>
  );
}

export function ShareList({ mayChange }: { readonly mayChange: boolean }) {
  const shares = useSetting<readonly ShareSettings[]>("shares.servers") ?? none;
  return (
    <ListEditor
      settingKey="shares.servers"
      items={shares}
      getName={({ label }) => label}
      titles={[words.share, words.path, words.role]}
      cells={({ label, path, role }) => [label, path, words.roles[role]]}
      empty={<Empty icon={<IconServer2 size={40} stroke={1.3} />} title={words.none} lead={words.noneLead} />}
      addLabel={words.addShare}
      mayChange={mayChange}
      form={(props) => <ShareForm key={props.initial?.label} {...props} />}
    />
  );
}
