/** The member cities. */
import { IconBuildingCommunity } from "@tabler/icons-react";
import type { CitySettings, ShareSettings } from "../../../electron/contract/settings/shares.ts";
import { useSetting } from "../../station/settings.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { CityForm } from "./city-form.tsx";
import { ListEditor } from "./list-editor.tsx";

const words = texts.shares;
const none: readonly CitySettings[] = [];
const noShares: readonly ShareSettings[] = [];

interface CitiesProps {
  readonly mayChange: boolean;
  readonly mayEditNames: boolean;
}

export function Cities({ mayChange, mayEditNames }: CitiesProps) {
  const cities = useSetting<readonly CitySettings[]>("cities.members") ?? none;
  const shares = useSetting<readonly ShareSettings[]>("shares.servers") ?? noShares;
  return (
    <ListEditor
      settingKey="cities.members"
      items={cities}
      getName={({ name }) => name}
      titles={[words.city, words.itsShares, words.folders, words.approval]}
      cells={({ name, shares: own, folders, needsApproval }) => [
        name,
        own.join(", "),
        folders.join(", "),
        words.approvals[needsApproval === null ? "station" : needsApproval ? "yes" : "no"],
      ]}
      empty={
        <Empty
          icon={<IconBuildingCommunity size={40} stroke={1.3} />}
          title={words.noCities}
          lead={shares.length === 0 ? words.noCitiesNoShares : words.noCitiesLead}
        />
      }
      addLabel={words.addCity}
      mayChange={mayChange}
      form={(props) => (
        <CityForm
          key={props.initial?.name}
          {...props}
          shares={shares.map(({ label }) => label)}
          mayEditNames={mayEditNames}
        />
      )}
    />
  );
}
