/** The list of shares: mount points and roles. */
import { Select, Switch, TextInput } from "@mantine/core";
import { IconServer2 } from "@tabler/icons-react";
import { type ShareSettings, shareRoles, shareSchema } from "../../../electron/contract/settings/shares.ts";
import { useSetting } from "../../station/settings.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { SettingTrial } from "../settings/setting-trial.tsx";
import { DraftForm, useDraft } from "./form-parts.tsx";
import { type FormProps, ListEditor } from "./list-editor.tsx";

const t = texts.shares;
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
        label={t.label}
        description={t.labelLead}
        value={draft.label}
        error={problems.label}
        onChange={(event) => set("label", event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t.path}
        description={t.pathLead}
        value={draft.path}
        error={problems.path}
        onChange={(event) => set("path", event.currentTarget.value)}
      />
      <Select
        label={t.role}
        description={t.roleLead}
        data={shareRoles.map((value) => ({ value, label: t.roles[value] }))}
        value={draft.role}
        onChange={(value) => value !== null && set("role", value as ShareSettings["role"])}
      />
      <Switch
        label={t.mustBeMounted}
        description={t.mustBeMountedLead}
        checked={draft.mustBeMounted}
        onChange={(event) => set("mustBeMounted", event.currentTarget.checked)}
      />
      <TextInput
        label={t.mountCommand}
        description={t.mountCommandLead}
        value={draft.mountCommand ?? ""}
        error={problems.mountCommand}
        onChange={(event) => set("mountCommand", event.currentTarget.value || null)}
      />
      <SettingTrial
        label={t.tryShare}
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
      titles={[t.share, t.path, t.role]}
      cells={({ label, path, role }) => [label, path, t.roles[role]]}
      empty={<Empty icon={<IconServer2 size={40} stroke={1.3} />} title={t.none} lead={t.noneLead} />}
      addLabel={t.addShare}
      mayChange={mayChange}
      form={(props) => <ShareForm key={props.initial?.label} {...props} />}
    />
  );
}
