// The kernels as operations of ggml's graphs.
#pragma once

#include <atomic>
#include <deque>
#include <vector>

#include "ggml.h"

#include "kernels.hpp"

namespace host {

// Makes the operations of one graph at a time, on the CPU. What `begin` forgets must not be computed any more.
class KernelOps {
  public:
    explicit KernelOps(const Kernels & kernels) : kernels_(kernels) {}
    KernelOps(const KernelOps &)             = delete;
    KernelOps & operator=(const KernelOps &) = delete;

    void begin(ggml_context * context) {
        context_ = context;
        ops_.clear();
    }

    // Whether a layer with these weights can be computed here: Q8_0, in memory as ggml writes it; and with whole panels,
    // which all need but those that end in floats without bias and residual.
    static bool takes_weights(const ggml_tensor * weights);
    static bool takes_panels(const ggml_tensor * weights);
    // Whether heads of this size can be looked at here.
    static bool takes_heads(int64_t size) { return size == head_size; }

    // A layer norm, quantized.
    ggml_tensor * normalize(ggml_tensor * x, ggml_tensor * weight, ggml_tensor * bias, float eps);
    // Rows as they are, quantized.
    ggml_tensor * quantize(ggml_tensor * x);

    struct Linear {
        ggml_tensor * weights;
        // Null: none.
        ggml_tensor * bias     = nullptr;
        ggml_tensor * residual = nullptr;
        bool          gelu     = false;
        float         scale    = 1;
    };
    // y = GELU(scale * W x + bias) + residual of quantized rows, as floats or quantized.
    ggml_tensor * linear(ggml_tensor * x, const Linear & layer, bool quantized);
    // The same into memory that is there, a view of floats or halves.
    ggml_tensor * linear_into(ggml_tensor * y, ggml_tensor * x, const Linear & layer);

    // Attention of all positions to all, without a mask: q, k and v are rows of floats, head after head.
    ggml_tensor * attention(ggml_tensor * q, ggml_tensor * k, ggml_tensor * v, int heads, float scale, bool quantized);

    // GELU of a matrix plus a number for each of its rows.
    ggml_tensor * gelu_rows(ggml_tensor * x, ggml_tensor * bias);

  private:
    // What an operation needs to know beside its tensors.
    struct Op {
        const Kernels &  kernels;
        LinearTask       linear{};
        AttentionTask    attention{};
        float            eps = 0;
        // Sources: where the weights are, and what stands behind the rows.
        int              weights  = 0;
        int              bias     = -1;
        int              residual = -1;
        // The next piece of work.
        std::atomic<int> next{0};

        explicit Op(const Kernels & level) : kernels(level) {}
    };

    ggml_tensor * quantized_rows(std::vector<ggml_tensor *> sources, int64_t length, int64_t rows, ggml_custom_op_t run,
                                 Op & op);
    Op & linear_op(std::vector<ggml_tensor *> & sources, const Linear & layer, LinearResult result, int before);
    Op & fresh() { return ops_.emplace_back(kernels_); }

    static void run_quantize(ggml_tensor * y, int thread, int threads, void * data);
    static void run_normalize(ggml_tensor * y, int thread, int threads, void * data);
    static void run_linear(ggml_tensor * y, int thread, int threads, void * data);
    static void run_pack(ggml_tensor * y, int thread, int threads, void * data);
    static void run_attend(ggml_tensor * y, int thread, int threads, void * data);
    static void run_gelu(ggml_tensor * y, int thread, int threads, void * data);

    const Kernels & kernels_;
    ggml_context *  context_ = nullptr;
    std::deque<Op>  ops_;
};

} // namespace host
