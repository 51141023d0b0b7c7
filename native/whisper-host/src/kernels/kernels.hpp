// The arithmetic of Whisper's encoder for one level of the processor family. No ggml in here: plain memory in and out.
//
// A row of activations is quantized in blocks of 32, as ggml's Q8_0 does it, and lies like this, n being its length:
// n signed bytes; n / 32 scales (float); n / 32 corrections (int32: -128 times the sum of the block's bytes, for
// instructions that take the weights as unsigned).
#pragma once

#include <cstddef>
#include <cstdint>

namespace host {

constexpr int quant_block = 32;
// Rows of weights that are multiplied at once.
constexpr int panel_rows = 32;
// Numbers of a head: all of Whisper's models have heads of 64.
constexpr int head_size = 64;
// Keys that are looked at together.
constexpr int key_block = 64;
// Queries that one piece of work of the attention has.
constexpr int query_tile = 24;

constexpr size_t quantized_row_bytes(int n) {
    return static_cast<size_t>(n) + static_cast<size_t>(n / quant_block) * 8;
}

// A panel of weights and its scales.
constexpr size_t panel_bytes(int n) {
    return static_cast<size_t>(panel_rows) * static_cast<size_t>(n) +
           static_cast<size_t>(panel_rows) * static_cast<size_t>(n / quant_block) * sizeof(float);
}

// Keys and values of a head, 64 at a time: 16-bit numbers and their scales.
constexpr size_t key_block_bytes = 2 * (size_t(key_block) * head_size * 2 + key_block * sizeof(float));

enum class LinearResult { floats, halves, quantized };

// y = scale * (W x) + bias, then GELU, then + residual, as far as each is there.
struct LinearTask {
    // Q8_0 blocks, a row after the other. The last panel may have fewer rows where the result is floats without more.
    const uint8_t * weights;
    size_t          weights_stride;
    int             inputs;
    int             outputs;
    // Quantized rows.
    const uint8_t * x;
    size_t          x_stride;
    const float *   bias;
    float           scale;
    bool            gelu;
    const float *   residual;
    size_t          residual_stride;
    LinearResult    result;
    uint8_t *       y;
    size_t          y_stride;
};

struct AttentionTask {
    const float * q;
    const float * k;
    const float * v;
    // From a position to the next, in numbers; heads lie one after the other.
    size_t        stride;
    int           positions;
    int           heads;
    // What scores are multiplied with before the softmax.
    float         scale;
    // The keys and values of each head in blocks, made by `pack_keys`.
    uint8_t *     packed;
    // Rows of all heads: quantized, or floats.
    bool          quantized;
    uint8_t *     y;
    size_t        y_stride;
};

struct Kernels {
    const char * name;
    // Quantizes a row of `n` numbers.
    void (*quantize)(const float * x, int n, uint8_t * row);
    // (x - mean) / sqrt(variance + eps) * weight + bias.
    void (*normalize)(const float * x, int n, float eps, const float * weight, const float * bias, float * y);
    // Rows [panel * 32, + 32) of the result for columns [from, to). `scratch` has panel_bytes(inputs), aligned to 64.
    void (*linear)(const LinearTask & task, int panel, int from, int to, uint8_t * scratch);
    // The keys and values of a head from block * 64 on.
    void (*pack_keys)(const AttentionTask & task, int head, int block);
    // What a head answers to the queries [tile * 24, + 24).
    void (*attend)(const AttentionTask & task, int head, int tile);
    // GELU (tanh form) of `n` numbers plus a bias; `y` may be `x`.
    void (*gelu)(const float * x, float bias, int n, float * y);
};

// The best level that this processor and its system have; null when ggml's own operations are to be used. The
// environment's WHISPER_HOST_KERNELS names another one ("none", "avx2", "avx-vnni", "avx512-vnni"), for tests and for
// processors that announce what they cannot do.
const Kernels * find_kernels();

// A level by its name; null when it is not known or the processor does not have it.
const Kernels * find_kernels(const char * name);

} // namespace host
