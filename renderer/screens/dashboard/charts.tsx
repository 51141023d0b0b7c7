/** Charts of the last days: amount of work, speed, quality, and human working time. */
import { SimpleGrid, Stack, Text } from "@mantine/core";
import { minuteMs } from "../../../electron/captions/time/durations.ts";
import type { client } from "../../station/connection.ts";
import { formatDecimal } from "../../texts/counted.ts";
import { texts } from "../../texts/en.ts";
import { duration, score } from "../../ui/format.ts";
import { Bars } from "./bars.tsx";

const t = texts.dashboard;

export type Figures = Awaited<ReturnType<typeof client.station.figures>>;

export function Charts({ figures }: { readonly figures: Figures }) {
  return (
    <Stack gap="lg">
      <Bars
        title={t.throughput}
        values={figures.days.map(({ date, minutes }) => ({ date, value: minutes }))}
        format={(value) => duration(value * minuteMs)}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Bars
          title={t.speed}
          values={figures.days.map(({ date, realTimeFactor }) => ({ date, value: realTimeFactor }))}
          format={(value) => `${formatDecimal(value, 2)} ×`}
        />
        <Bars
          title={t.quality}
          values={figures.days.map((day) => ({ date: day.date, value: day.score }))}
          format={score}
          top={1}
        />
        <Bars
          title={t.human}
          values={figures.days.map(({ date, workedMinutes }) => ({ date, value: workedMinutes || null }))}
          format={(value) => duration(value * minuteMs)}
        />
        <div>
          <Text size="sm" fw={600}>
            {t.humanPerHour}
          </Text>
          <Text fz={34} fw={700} lh={1.3}>
            {figures.workedPerHour === null ? "–" : duration(figures.workedPerHour * minuteMs)}
          </Text>
          <Text size="xs" c="dimmed">
            {t.humanLead}
          </Text>
        </div>
      </SimpleGrid>
    </Stack>
  );
}
