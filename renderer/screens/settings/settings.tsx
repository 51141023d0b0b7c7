/** The settings screen: all settings, the models, the dictionaries and the people. */
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { texts } from "../../texts/en.ts";
import { FillTabs } from "../../ui/fill-tabs.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Dictionaries } from "../dictionary/dictionaries.tsx";
import { Models } from "../models/models.tsx";
import { Account } from "./account.tsx";
import { AllSettings } from "./all.tsx";
import { People } from "./people.tsx";

const t = texts.settings;

interface SettingsProps {
  /** The tab that is open at first; undefined: the settings. */
  readonly tab: string | undefined;
  readonly role: Role;
}

export function Settings({ tab, role }: SettingsProps) {
  const isAdmin = mayAct(role, "admin");
  return (
    <Screen title={t.title} fills>
      <FillTabs
        start={tab}
        tabs={[
          { value: "general", label: t.general, panel: <AllSettings mayChange={isAdmin} />, fills: true },
          { value: "models", label: t.models, panel: <Models mayChange={isAdmin} /> },
          {
            value: "dictionaries",
            label: t.dictionaries,
            panel: <Dictionaries mayChange={isAdmin} mayAddWords={mayAct(role, "operator")} />,
          },
          { value: "account", label: t.account, panel: <Account /> },
          ...(isAdmin ? [{ value: "people", label: t.people, panel: <People /> }] : []),
        ]}
      />
    </Screen>
  );
}
