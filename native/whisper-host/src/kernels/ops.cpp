#include "ops.hpp"

#include <algorithm>
#include <memory>

#include "ggml-backend.h"

namespace host {

namespace {

// Pieces of work for each thread, so that one that is held up does not hold up the others.
constexpr int pieces_per_thread = 4;
constexpr int least_columns     = 48;

uint8_t * bytes_of(const ggml_tensor * tensor) {
    return static_cast<uint8_t *>(tensor->data);
}

const float * floats_of(const ggml_tensor * tensor) {
    return static_cast<const float *>(tensor->data);
}

int pieces(int64_t count, int size) {
    return static_cast<int>((count + size - 1) / size);
}

// Memory of a thread, aligned to a cache line, as long as it lives.
uint8_t * scratch(size_t bytes) {
    thread_local std::vector<uint8_t> memory;
    constexpr size_t                  line = 64;
    if (memory.size() < bytes + line) memory.resize(bytes + line);
    void * at    = memory.data();
    size_t space = memory.size();
    return static_cast<uint8_t *>(std::align(line, bytes, at, space));
}

} // namespace

bool KernelOps::takes_weights(const ggml_tensor * weights) {
    return weights->type == GGML_TYPE_Q8_0 && weights->ne[0] % quant_block == 0 && weights->ne[2] == 1 && weights->ne[3] == 1 && ggml_is_contiguous(weights) && weights->buffer != nullptr &&
           ggml_backend_buffer_is_host(weights->buffer);
}

bool KernelOps::takes_panels(const ggml_tensor * weights) {
    return takes_weights(weights) && weights->ne[1] % panel_rows == 0;
}

ggml_tensor * KernelOps::quantized_rows(std::vector<ggml_tensor *> sources, int64_t length, int64_t rows,
                                         ggml_custom_op_t run, Op & op) {
    return ggml_custom_4d(context_, GGML_TYPE_I8, static_cast<int64_t>(quantized_row_bytes(static_cast<int>(length))), rows, 1,
                          1, sources.data(), static_cast<int>(sources.size()), run, GGML_N_TASKS_MAX, &op);
}

ggml_tensor * KernelOps::normalize(ggml_tensor * x, ggml_tensor * weight, ggml_tensor * bias, float eps) {
    Op & op = fresh();
    op.eps  = eps;
    return quantized_rows({x, weight, bias}, x->ne[0], x->ne[1], run_normalize, op);
}

void KernelOps::run_normalize(ggml_tensor * y, int, int, void * data) {
    Op &                op     = *static_cast<Op *>(data);
    const ggml_tensor * x      = y->src[0];
    const int           length = static_cast<int>(x->ne[0]);
    constexpr int       size   = 16;
    float *             row    = reinterpret_cast<float *>(scratch(static_cast<size_t>(length) * sizeof(float)));
    for (int piece = op.next++; piece < pieces(x->ne[1], size); piece = op.next++) {
        const int64_t to = std::min<int64_t>(x->ne[1], int64_t(piece + 1) * size);
        for (int64_t i = int64_t(piece) * size; i < to; ++i) {
            const float * from = reinterpret_cast<const float *>(bytes_of(x) + i * x->nb[1]);
            op.kernels.normalize(from, length, op.eps, floats_of(y->src[1]), floats_of(y->src[2]), row);
            op.kernels.quantize(row, length, bytes_of(y) + i * y->nb[1]);
        }
    }
}

ggml_tensor * KernelOps::quantize(ggml_tensor * x) {
    return quantized_rows({x}, x->ne[0], x->ne[1], run_quantize, fresh());
}

void KernelOps::run_quantize(ggml_tensor * y, int, int, void * data) {
    Op &                op = *static_cast<Op *>(data);
    const ggml_tensor * x  = y->src[0];
    for (int row = op.next++; row < static_cast<int>(x->ne[1]); row = op.next++) {
        const float * from = reinterpret_cast<const float *>(bytes_of(x) + row * x->nb[1]);
        op.kernels.quantize(from, static_cast<int>(x->ne[0]), bytes_of(y) + row * y->nb[1]);
    }
}

KernelOps::Op & KernelOps::linear_op(std::vector<ggml_tensor *> & sources, const Linear & layer, LinearResult result,
                                       int before) {
    Op &       op  = fresh();
    const auto add = [&](ggml_tensor * tensor) {
        if (tensor == nullptr) return -1;
        sources.push_back(tensor);
        return before + static_cast<int>(sources.size()) - 1;
    };
    op.weights       = before;
    op.bias          = add(layer.bias);
    op.residual      = add(layer.residual);
    op.linear.gelu   = layer.gelu;
    op.linear.scale  = layer.scale;
    op.linear.result = result;
    return op;
}

ggml_tensor * KernelOps::linear(ggml_tensor * x, const Linear & layer, bool quantized) {
    std::vector<ggml_tensor *> sources{layer.weights, x};
    Op & op = linear_op(sources, layer, quantized ? LinearResult::quantized : LinearResult::floats, 0);
    if (quantized) return quantized_rows(sources, layer.weights->ne[1], x->ne[1], run_linear, op);
    return ggml_custom_4d(context_, GGML_TYPE_F32, layer.weights->ne[1], x->ne[1], 1, 1, sources.data(),
                          static_cast<int>(sources.size()), run_linear, GGML_N_TASKS_MAX, &op);
}

ggml_tensor * KernelOps::linear_into(ggml_tensor * y, ggml_tensor * x, const Linear & layer) {
    std::vector<ggml_tensor *> sources{layer.weights, x};
    Op & op = linear_op(sources, layer, y->type == GGML_TYPE_F16 ? LinearResult::halves : LinearResult::floats, 1);
    return ggml_custom_inplace(context_, y, sources.data(), static_cast<int>(sources.size()), run_linear, GGML_N_TASKS_MAX, &op);
}

void KernelOps::run_linear(ggml_tensor * y, int, int threads, void * data) {
    Op &                op      = *static_cast<Op *>(data);
    const ggml_tensor * weights = y->src[op.weights];
    const ggml_tensor * x       = y->src[op.weights + 1];
    LinearTask          task    = op.linear;
    task.weights                = bytes_of(weights);
    task.weights_stride         = weights->nb[1];
    task.inputs                 = static_cast<int>(weights->ne[0]);
    task.outputs                = static_cast<int>(weights->ne[1]);
    task.x                      = bytes_of(x);
    task.x_stride               = x->nb[1];
    task.bias                   = op.bias < 0 ? nullptr : floats_of(y->src[op.bias]);
    task.residual               = op.residual < 0 ? nullptr : floats_of(y->src[op.residual]);
    task.residual_stride        = op.residual < 0 ? 0 : y->src[op.residual]->nb[1] / sizeof(float);
    task.y                      = bytes_of(y);
    switch (task.result) {
        case LinearResult::floats: task.y_stride = static_cast<size_t>(task.outputs) * sizeof(float); break;
        case LinearResult::halves: task.y_stride = static_cast<size_t>(task.outputs) * 2; break;
        case LinearResult::quantized: task.y_stride = y->nb[1]; break;
    }
    const int  columns = static_cast<int>(x->ne[1]);
    const int  panels  = pieces(task.outputs, panel_rows);
    const int  wanted  = std::clamp(pieces(int64_t(threads) * pieces_per_thread, panels), 1, std::max(1, columns / least_columns));
    const int  width   = pieces(columns, wanted);
    const int  strips  = pieces(columns, width);
    uint8_t *  memory  = scratch(panel_bytes(task.inputs));
    for (int piece = op.next++; piece < panels * strips; piece = op.next++) {
        const int from = piece % strips * width;
        op.kernels.linear(task, piece / strips, from, std::min(columns, from + width), memory);
    }
}

ggml_tensor * KernelOps::attention(ggml_tensor * q, ggml_tensor * k, ggml_tensor * v, int heads, float scale, bool quantized) {
    const int     positions = static_cast<int>(q->ne[1]);
    Op &          pack      = fresh();
    pack.attention.scale     = scale;
    pack.attention.heads     = heads;
    pack.attention.positions = positions;
    pack.attention.stride    = q->nb[1] / sizeof(float);
    pack.attention.quantized = quantized;
    const int64_t  bytes     = static_cast<int64_t>(key_block_bytes) * pieces(positions, key_block) * heads;
    ggml_tensor *  sources[] = {k, v};
    ggml_tensor *  packed    = ggml_custom_4d(context_, GGML_TYPE_I8, bytes, 1, 1, 1, sources, 2, run_pack, GGML_N_TASKS_MAX, &pack);
    Op &           op        = fresh();
    op.attention             = pack.attention;
    if (quantized) return quantized_rows({q, packed}, q->ne[0], positions, run_attend, op);
    ggml_tensor * looked[] = {q, packed};
    return ggml_custom_4d(context_, GGML_TYPE_F32, q->ne[0], positions, 1, 1, looked, 2, run_attend, GGML_N_TASKS_MAX, &op);
}

void KernelOps::run_pack(ggml_tensor * y, int, int, void * data) {
    Op &          op     = *static_cast<Op *>(data);
    AttentionTask task   = op.attention;
    task.k               = floats_of(y->src[0]);
    task.v               = floats_of(y->src[1]);
    task.packed          = bytes_of(y);
    const int blocks     = pieces(task.positions, key_block);
    for (int piece = op.next++; piece < blocks * task.heads; piece = op.next++) {
        op.kernels.pack_keys(task, piece / blocks, piece % blocks);
    }
}

void KernelOps::run_attend(ggml_tensor * y, int, int, void * data) {
    Op &          op   = *static_cast<Op *>(data);
    AttentionTask task = op.attention;
    task.q             = floats_of(y->src[0]);
    task.packed        = bytes_of(y->src[1]);
    task.y             = bytes_of(y);
    task.y_stride      = y->nb[1];
    const int tiles    = pieces(task.positions, query_tile);
    for (int piece = op.next++; piece < tiles * task.heads; piece = op.next++) {
        op.kernels.attend(task, piece / tiles, piece % tiles);
    }
}

ggml_tensor * KernelOps::gelu_rows(ggml_tensor * x, ggml_tensor * bias) {
    ggml_tensor * sources[] = {bias};
    return ggml_custom_inplace(context_, x, sources, 1, run_gelu, GGML_N_TASKS_MAX, &fresh());
}

void KernelOps::run_gelu(ggml_tensor * y, int, int, void * data) {
    Op &          op   = *static_cast<Op *>(data);
    const float * bias = floats_of(y->src[1]);
    for (int row = op.next++; row < static_cast<int>(y->ne[1]); row = op.next++) {
        float * at = reinterpret_cast<float *>(bytes_of(y) + row * y->nb[1]);
        op.kernels.gelu(at, bias[row], static_cast<int>(y->ne[0]), at);
    }
}

} // namespace host
