/** The member cities. */
import { IconBuildingCommunity } from "@tabler/icons-react";
import type { CitySettings } from "../../../electron/contract/settings/cities.ts";
import type { ShareSettings } from "../../../electron/contract/settings/shares.ts";
import { useSetting } from "../../station/settings.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { CityForm } from "./city-form.tsx";
import { ListEditor } from "./list-editor.tsx";

const t = texts.shares;
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
      titles={[t.city, t.itsShares, t.folders, t.approval]}
      cells={({ name, shares: own, folders, needsApproval }) => [
        name,
        own.join(", "),
        folders.join(", "),
        t.approvals[needsApproval === null ? "station" : needsApproval ? "yes" : "no"],
      ]}
      empty={
        <Empty
          icon={<IconBuildingCommunity size={40} stroke={1.3} />}
          title={t.noCities}
          lead={shares.length === 0 ? t.noCitiesNoShares : t.noCitiesLead}
        />
      }
      addLabel={t.addCity}
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
