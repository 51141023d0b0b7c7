/** How a city writes what is spoken: a style by name, and each of its parts. */
import { Select, SimpleGrid } from "@mantine/core";
import {
  baseStyles,
  formatHouseStyle,
  type HouseStyle,
  parseHouseStyle,
  styleChoices,
  stylePartNames,
} from "../../../electron/captions/house-style/style.ts";
import { texts } from "../../texts/en.ts";

const t = texts.shares;
/** Stands for null, which a select does not support. */
const asStation = "station";

interface CityStyleProps {
  /** The text of the style; null: the station's. */
  readonly value: string | null;
  readonly mayChange: boolean;
  readonly onChange: (value: string | null) => void;
}

const choice = (value: string) => ({ value, label: t.styleNames[value] ?? value });

export function CityStyle({ value, mayChange, onChange }: CityStyleProps) {
  const style = value === null ? undefined : parseHouseStyle(value);
  return (
    <>
      <Select
        label={t.style}
        description={t.styleLead}
        data={[{ value: asStation, label: t.asStation }, ...Object.keys(baseStyles).map(choice)]}
        value={style?.spelling ?? asStation}
        disabled={!mayChange}
        onChange={(name) =>
          onChange(
            name === null || name === asStation ? null : formatHouseStyle(baseStyles[name as keyof typeof baseStyles]),
          )
        }
      />
      {style === undefined ? null : (
        <SimpleGrid cols={2} spacing="sm">
          {stylePartNames
            .filter((part) => part !== "spelling")
            .map((part) => (
              <Select
                key={part}
                label={t.styleTitles[part]}
                data={styleChoices[part].map(choice)}
                value={style[part]}
                disabled={!mayChange}
                onChange={(next) =>
                  next !== null && onChange(formatHouseStyle({ ...style, [part]: next } as HouseStyle))
                }
              />
            ))}
        </SimpleGrid>
      )}
    </>
  );
}
