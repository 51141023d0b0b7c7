#include "matrix_product.hpp"

#include "messages.hpp"

namespace host {

MatrixProduct::MatrixProduct(ggml_backend_t backend, const std::vector<float> & weights, int length, int rows,
                             int columns)
    : backend_(backend) {
    constexpr size_t tensors = 8;
    const ggml_init_params params{tensors * ggml_tensor_overhead() + ggml_graph_overhead_custom(tensors, false), nullptr,
                                  true};
    context_.reset(ggml_init(params));
    if (context_ == nullptr) throw Failure{code::out_of_memory, "no memory for a graph"};
    ggml_tensor * matrix = ggml_new_tensor_2d(context_.get(), GGML_TYPE_F32, length, rows);
    input_               = ggml_new_tensor_2d(context_.get(), GGML_TYPE_F32, length, columns);
    output_              = ggml_mul_mat(context_.get(), matrix, input_);
    graph_               = ggml_new_graph_custom(context_.get(), tensors, false);
    ggml_build_forward_expand(graph_, output_);
    buffer_.reset(ggml_backend_alloc_ctx_tensors(context_.get(), backend));
    if (buffer_ == nullptr) throw Failure{code::out_of_memory, "no memory for a matrix"};
    ggml_backend_buffer_clear(buffer_.get(), 0);
    ggml_backend_tensor_set(matrix, weights.data(), 0, ggml_nbytes(matrix));
}

const float * MatrixProduct::compute() {
    if (ggml_backend_graph_compute(backend_, graph_) != GGML_STATUS_SUCCESS) {
        throw Failure{code::failed, "a matrix product could not be computed"};
    }
    return static_cast<const float *>(output_->data);
}

} // namespace host
