/**
 * The filters that turn a spectrum into mel bands: triangles on Slaney's scale (M. Slaney, "Auditory Toolbox", 1998), each of
 * the same area. They are computed as librosa does (`filters.mel`), from which OpenAI has its own.
 */

const sampleRate = 16_000;
const windowSamples = 400;
const spectrumBins = windowSamples / 2 + 1;

/** Below, the scale is linear; above, logarithmic. */
const breakHertz = 1_000;
const hertzPerMel = 200 / 3;
const breakMel = breakHertz / hertzPerMel;
const logStep = Math.log(6.4) / 27;

const toMel = (hertz: number): number =>
  hertz < breakHertz ? hertz / hertzPerMel : breakMel + Math.log(hertz / breakHertz) / logStep;
const toHertz = (mel: number): number =>
  mel < breakMel ? mel * hertzPerMel : breakHertz * Math.exp(logStep * (mel - breakMel));

/** @returns a row of 201 weights for each band */
export function computeMelFilters(bands: number): Float32Array {
  const step = toMel(sampleRate / 2) / (bands + 1);
  const edges = Array.from({ length: bands + 2 }, (_, index) => toHertz(index * step));
  const filters = new Float32Array(bands * spectrumBins);
  for (let band = 0; band < bands; band++) {
    const [low, center, high] = edges.slice(band, band + 3) as [number, number, number];
    const height = 2 / (high - low);
    for (let bin = 0; bin < spectrumBins; bin++) {
      const hertz = (bin * sampleRate) / windowSamples;
      const rising = (hertz - low) / (center - low);
      const falling = (high - hertz) / (high - center);
      // librosa rounds before it scales.
      filters[band * spectrumBins + bin] = Math.fround(Math.max(0, Math.min(rising, falling))) * height;
    }
  }
  return filters;
}
