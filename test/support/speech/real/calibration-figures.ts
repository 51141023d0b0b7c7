/** Draws the figures of electron/speech/confidence/README.md as SVG. */
import type { Band, Calibration } from "../../../../electron/speech/confidence/calibration.ts";

const [width, height, left, bottom, top] = [640, 320, 56, 48, 40];
const plotWidth = width - left - 16;
const plotHeight = height - bottom - top;
const x = (share: number): number => left + share * plotWidth;
const y = (share: number): number => top + (1 - share) * plotHeight;

const colors = { alone: "#475569", agreed: "#15803d", disagreed: "#b91c1c" } as const;
const labels = { alone: "one model alone", agreed: "the second agrees", disagreed: "the second disagrees" } as const;
type Series = keyof typeof colors;

/** Bands with fewer words say little; their dots are hollow. */
const minSolidWords = 20;

function drawSeries(series: Series, bands: readonly Band[]): string {
  const filled = bands.filter(({ words }) => words > 0);
  const points = filled.map(({ from, to, words, wrong }) => ({
    at: x((from + to) / 2),
    share: y(wrong / words),
    words,
  }));
  const line = points.map(({ at, share }) => `${at.toFixed(1)},${share.toFixed(1)}`).join(" ");
  const dots = points.map(
    ({ at, share, words }) =>
      `<circle cx="${at.toFixed(1)}" cy="${share.toFixed(1)}" r="4" stroke="${colors[series]}" fill="${words < minSolidWords ? "#ffffff" : colors[series]}"/>`,
  );
  return `<polyline fill="none" stroke="${colors[series]}" stroke-width="2" points="${line}"/>${dots.join("")}`;
}

function drawAxes(): string {
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const horizontal = shares.map(
    (share) =>
      `<line x1="${left}" x2="${left + plotWidth}" y1="${y(share)}" y2="${y(share)}" stroke="#e2e8f0"/>` +
      `<text x="${left - 8}" y="${y(share) + 4}" text-anchor="end">${share * 100} %</text>`,
  );
  const vertical = shares.map(
    (share) => `<text x="${x(share)}" y="${height - bottom + 18}" text-anchor="middle">${share}</text>`,
  );
  return [...horizontal, ...vertical].join("");
}

/** The share of wrong words by probability: alone, and with a second model that agrees or disagrees. */
export function drawCalibration({ model, second, bands }: Calibration): string {
  const title = `Words of ${model} that are wrong, by their probability (second model: ${second})`;
  const series = Object.keys(colors) as readonly Series[];
  const legend = series.map(
    (name, index) =>
      `<circle cx="${left + 120 + index * 160}" cy="${height - 10}" r="4" fill="${colors[name]}"/>` +
      `<text x="${left + 130 + index * 160}" y="${height - 6}">${labels[name]}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#0f172a">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${left}" y="20" font-size="14">${title}</text>`,
    drawAxes(),
    ...series.map((name) => drawSeries(name, bands[name])),
    `<text x="${left}" y="${height - 6}">probability</text>`,
    ...legend,
    "</svg>\n",
  ].join("\n");
}
