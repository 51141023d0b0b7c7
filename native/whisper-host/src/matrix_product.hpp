// One matrix of weights times many columns, by the kernels that ggml has for this processor.
#pragma once

#include <memory>
#include <vector>

#include "ggml-backend.h"
#include "ggml.h"

namespace host {

class MatrixProduct {
  public:
    // `weights`: `rows` times `length` numbers, row after row. Throws Failure with out-of-memory.
    MatrixProduct(ggml_backend_t backend, const std::vector<float> & weights, int length, int rows, int columns);

    // Where the columns go, one after the other, each of `length` numbers.
    float * input() { return static_cast<float *>(input_->data); }
    // The product: for each column, `rows` numbers. Throws Failure with failed.
    const float * compute();

  private:
    struct FreeContext {
        void operator()(ggml_context * context) const { ggml_free(context); }
    };
    struct FreeBuffer {
        void operator()(ggml_backend_buffer * buffer) const { ggml_backend_buffer_free(buffer); }
    };

    ggml_backend_t                                    backend_;
    std::unique_ptr<ggml_context, FreeContext>        context_;
    std::unique_ptr<ggml_backend_buffer, FreeBuffer>  buffer_;
    ggml_tensor *                                     input_  = nullptr;
    ggml_tensor *                                     output_ = nullptr;
    ggml_cgraph *                                     graph_  = nullptr;
};

} // namespace host
