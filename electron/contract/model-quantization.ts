/** The ways in which an imported model can be quantized: names of ggml's, the most exact first. */
export const quantizationNames = ["q8_0", "q5_0", "q4_0"] as const;
export type Quantization = (typeof quantizationNames)[number];
