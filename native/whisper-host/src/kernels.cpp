#include "kernels.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "ggml-alloc.h"
#include "ggml-backend.h"
#include "ggml.h"

namespace host {

namespace {

// Sizes of a small model's layers, and a number of columns that no kernel's tile divides.
constexpr int length      = 512;
constexpr int rows        = 1024;
constexpr int many        = 77;
constexpr int row_step    = 31;
constexpr int head_length = 64;
constexpr int heads       = 6;
// Activations are rounded to eight bits for quantized weights: half a percent.
constexpr double allowed_error = 0.03;

struct Free {
    void operator()(ggml_context * context) const { ggml_free(context); }
    void operator()(ggml_backend * backend) const { ggml_backend_free(backend); }
    void operator()(ggml_backend_buffer * buffer) const { ggml_backend_buffer_free(buffer); }
};
using Context = std::unique_ptr<ggml_context, Free>;
using Buffer  = std::unique_ptr<ggml_backend_buffer, Free>;
using Backend = std::unique_ptr<ggml_backend, Free>;

Context new_context() {
    constexpr size_t tensors = 32;
    return Context(ggml_init({tensors * ggml_tensor_overhead() + ggml_graph_overhead_custom(tensors, false), nullptr, true}));
}

// The same numbers in each run, between −1 and 1.
std::vector<float> numbers(size_t count, uint32_t seed) {
    std::vector<float> values(count);
    for (float & value : values) {
        seed  = seed * 1664525u + 1013904223u;
        value = static_cast<float>(seed >> 8) / 8388608.0f - 1.0f;
    }
    return values;
}

bool compute(ggml_backend_t backend, ggml_context * context, ggml_tensor * result) {
    ggml_cgraph * graph = ggml_new_graph_custom(context, 32, false);
    ggml_build_forward_expand(graph, result);
    return ggml_backend_graph_compute(backend, graph) == GGML_STATUS_SUCCESS;
}

std::vector<float> read(ggml_tensor * tensor) {
    std::vector<float> values(static_cast<size_t>(ggml_nelements(tensor)));
    ggml_backend_tensor_get(tensor, values.data(), 0, values.size() * sizeof(float));
    return values;
}

// Where ggml may keep weights on this processor: repacked for its instructions, and as they are.
std::vector<ggml_backend_buffer_type_t> layouts(ggml_backend_dev_t device) {
    std::vector<ggml_backend_buffer_type_t> all{ggml_backend_dev_buffer_type(device)};
    auto get_extra = reinterpret_cast<ggml_backend_dev_get_extra_bufts_t>(
        ggml_backend_reg_get_proc_address(ggml_backend_dev_backend_reg(device), "ggml_backend_dev_get_extra_bufts"));
    if (get_extra == nullptr) return all;
    for (ggml_backend_buffer_type_t * extra = get_extra(device); extra != nullptr && *extra != nullptr; ++extra) {
        all.push_back(*extra);
    }
    return all;
}

bool product_is_right(ggml_backend_t backend, ggml_type type, ggml_backend_buffer_type_t layout, int columns) {
    const std::vector<float> plain = numbers(static_cast<size_t>(length) * rows, 1);
    const std::vector<float> sound = numbers(static_cast<size_t>(length) * columns, 2);
    std::vector<uint8_t>     packed(ggml_row_size(type, length) * rows);
    ggml_quantize_chunk(type, plain.data(), packed.data(), 0, rows, length, nullptr);

    const Context weights_context = new_context();
    const Context context         = new_context();
    ggml_tensor * weights         = ggml_new_tensor_2d(weights_context.get(), type, length, rows);
    ggml_tensor * input           = ggml_new_tensor_2d(context.get(), GGML_TYPE_F32, length, columns);
    ggml_tensor * output          = ggml_mul_mat(context.get(), weights, input);

    // As whisper.cpp asks whether a layout can hold these weights (weight_buft_supported).
    ggml_backend_dev_t device = ggml_backend_get_device(backend);
    const Buffer       empty(ggml_backend_buft_alloc_buffer(layout, 0));
    weights->buffer      = empty.get();
    const bool supported = ggml_backend_dev_supports_op(device, output);
    weights->buffer      = nullptr;
    if (!supported) return true;

    const Buffer held(ggml_backend_alloc_ctx_tensors_from_buft(weights_context.get(), layout));
    const Buffer used(ggml_backend_alloc_ctx_tensors(context.get(), backend));
    if (held == nullptr || used == nullptr) return false;
    ggml_backend_buffer_set_usage(held.get(), GGML_BACKEND_BUFFER_USAGE_WEIGHTS);
    ggml_backend_tensor_set(weights, packed.data(), 0, packed.size());
    ggml_backend_tensor_set(input, sound.data(), 0, sound.size() * sizeof(float));
    if (!compute(backend, context.get(), output)) return false;

    const std::vector<float> found = read(output);
    std::vector<float>       row(length);
    double                   error = 0;
    double                   total = 0;
    for (int r = 0; r < rows; r += row_step) {
        const uint8_t * from = packed.data() + ggml_row_size(type, length) * static_cast<size_t>(r);
        if (type == GGML_TYPE_F32) std::copy_n(plain.data() + static_cast<size_t>(r) * length, length, row.data());
        else ggml_get_type_traits(type)->to_float(from, row.data(), length);
        for (int c = 0; c < columns; ++c) {
            double expected = 0;
            for (int i = 0; i < length; ++i) expected += static_cast<double>(row[i]) * sound[static_cast<size_t>(c) * length + i];
            const double off = found[static_cast<size_t>(c) * rows + r] - expected;
            error += off * off;
            total += expected * expected;
        }
    }
    return std::isfinite(error) && std::sqrt(error / total) < allowed_error;
}

// Equal keys: each result is the mean of the values.
bool attention_is_right(ggml_backend_t backend) {
    const Context context = new_context();
    ggml_context * c      = context.get();
    ggml_tensor * query   = ggml_new_tensor_3d(c, GGML_TYPE_F32, head_length, many, heads);
    ggml_tensor * keys    = ggml_new_tensor_3d(c, GGML_TYPE_F16, head_length, 256, heads);
    ggml_tensor * values  = ggml_new_tensor_3d(c, GGML_TYPE_F16, head_length, 256, heads);
    ggml_tensor * result  = ggml_flash_attn_ext(c, query, keys, values, nullptr, 0.125f, 0.0f, 0.0f);
    const Buffer  buffer(ggml_backend_alloc_ctx_tensors(c, backend));
    if (buffer == nullptr) return false;
    ggml_backend_buffer_clear(buffer.get(), 0);
    const std::vector<float> asked = numbers(static_cast<size_t>(ggml_nelements(query)), 3);
    ggml_backend_tensor_set(query, asked.data(), 0, asked.size() * sizeof(float));
    const std::vector<ggml_fp16_t> ones(static_cast<size_t>(ggml_nelements(values)), ggml_fp32_to_fp16(1.0f));
    ggml_backend_tensor_set(values, ones.data(), 0, ones.size() * sizeof(ggml_fp16_t));
    if (!compute(backend, c, result)) return false;
    const std::vector<float> found = read(result);
    return std::all_of(found.begin(), found.end(), [](float value) { return std::abs(value - 1) < allowed_error; });
}

// Shares of each row's exponentials, after the steps between two layers: they add up to one.
bool steps_are_right(ggml_backend_t backend) {
    const Context  context = new_context();
    ggml_context * c       = context.get();
    ggml_tensor *  input   = ggml_new_tensor_2d(c, GGML_TYPE_F32, length, many);
    ggml_tensor *  result  = ggml_soft_max(c, ggml_gelu(c, ggml_norm(c, ggml_add(c, input, input), 1e-5f)));
    const Buffer   buffer(ggml_backend_alloc_ctx_tensors(c, backend));
    if (buffer == nullptr) return false;
    const std::vector<float> values = numbers(static_cast<size_t>(length) * many, 4);
    ggml_backend_tensor_set(input, values.data(), 0, values.size() * sizeof(float));
    if (!compute(backend, c, result)) return false;
    const std::vector<float> found = read(result);
    for (int row = 0; row < many; ++row) {
        double sum = 0;
        for (int i = 0; i < length; ++i) sum += found[static_cast<size_t>(row) * length + i];
        if (!(std::abs(sum - 1) < allowed_error)) return false;
    }
    return true;
}

} // namespace

bool kernels_compute_right() {
    ggml_backend_dev_t device = ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU);
    if (device == nullptr) return false;
    const Backend backend(ggml_backend_dev_init(device, nullptr));
    if (backend == nullptr) return false;
    constexpr ggml_type types[] = {GGML_TYPE_F32,  GGML_TYPE_F16,  GGML_TYPE_Q8_0, GGML_TYPE_Q5_0,
                                   GGML_TYPE_Q5_1, GGML_TYPE_Q4_0, GGML_TYPE_Q4_1, GGML_TYPE_Q4_K, GGML_TYPE_Q6_K};
    for (ggml_backend_buffer_type_t layout : layouts(device)) {
        for (const ggml_type type : types) {
            for (const int columns : {1, many}) {
                if (!product_is_right(backend.get(), type, layout, columns)) return false;
            }
        }
    }
    return attention_is_right(backend.get()) && steps_are_right(backend.get());
}

} // namespace host
