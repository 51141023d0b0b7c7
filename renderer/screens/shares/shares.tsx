/** The shares screen: the shares, and the cities whose meetings are on them. */
import { Tabs } from "@mantine/core";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { ActionButton } from "../../actions/action-button.tsx";
import { texts } from "../../texts/en.ts";
import { Screen } from "../../ui/screen.tsx";
import { Cities } from "./cities.tsx";
import { Overview } from "./overview.tsx";
import { ShareList } from "./share-list.tsx";

const t = texts.shares;

export function Shares({ role }: { readonly role: Role }) {
  const mayChange = mayAct(role, "admin");
  return (
    <Screen
      title={t.title}
      actions={
        <>
          <ActionButton action="shares.check" variant="default" />
          <ActionButton action="shares.scan" />
        </>
      }
    >
      <Tabs defaultValue="overview" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="overview">{t.overview}</Tabs.Tab>
          <Tabs.Tab value="cities">{t.cities}</Tabs.Tab>
          <Tabs.Tab value="shares">{t.shares}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview />
        </Tabs.Panel>
        <Tabs.Panel value="cities">
          <Cities mayChange={mayChange} mayEditNames={mayAct(role, "operator")} />
        </Tabs.Panel>
        <Tabs.Panel value="shares">
          <ShareList mayChange={mayChange} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
