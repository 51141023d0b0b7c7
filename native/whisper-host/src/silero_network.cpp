#include "silero_network.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "matrix_product.hpp"
#include "messages.hpp"
#include "silero_file.hpp"

namespace host {

namespace {

// Windows that are computed at once.
constexpr int batch = 256;

constexpr int window  = SileroNetwork::window_samples;
constexpr int context = 64;
constexpr int hop     = 128;
constexpr int frames  = 4;
constexpr int bins    = 129;
constexpr int hidden  = silero_hidden;

// A column of zeros stands before the first frame of a window and behind its last one.
constexpr int padded(int columns) { return columns + 2; }

// [out][in][3] with the three steps outermost, so that what a convolution looks at lies in one piece.
std::vector<float> steps_first(const std::vector<float> & weights, int in, int out) {
    std::vector<float> result(weights.size());
    for (int o = 0; o < out; ++o) {
        for (int i = 0; i < in; ++i) {
            for (int step = 0; step < 3; ++step) result[(o * 3 + step) * in + i] = weights[(o * in + i) * 3 + step];
        }
    }
    return result;
}

std::vector<float> transposed(const std::vector<float> & matrix, int rows, int columns) {
    std::vector<float> result(matrix.size());
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) result[c * rows + r] = matrix[r * columns + c];
    }
    return result;
}

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

// A convolution over three columns, with a bias, and nothing below zero.
class Encoder {
  public:
    Encoder(ggml_backend_t backend, const SileroWeights::Layer & layer, int in, int out, int columns_in, int stride)
        : in_(in),
          out_(out),
          columns_in_(columns_in),
          columns_out_((columns_in - 1) / stride + 1),
          stride_(stride),
          bias_(layer.bias),
          product_(backend, steps_first(layer.weights, in, out), 3 * in, out, batch * columns_out_) {}

    int columns_out() const { return columns_out_; }

    // `input` and `output`: for each window padded columns, for each of them the channels.
    void compute(const std::vector<float> & input, std::vector<float> & output) {
        const size_t in_window  = static_cast<size_t>(padded(columns_in_)) * in_;
        const size_t out_window = static_cast<size_t>(padded(columns_out_)) * out_;
        float *      columns    = product_.input();
        for (int w = 0; w < batch; ++w) {
            for (int c = 0; c < columns_out_; ++c) {
                std::memcpy(columns, &input[w * in_window + c * stride_ * in_], sizeof(float) * 3 * in_);
                columns += 3 * in_;
            }
        }
        const float * products = product_.compute();
        output.assign(batch * out_window, 0.0f);
        for (int w = 0; w < batch; ++w) {
            for (int c = 0; c < columns_out_; ++c) {
                float * to = &output[w * out_window + (c + 1) * out_];
                for (int o = 0; o < out_; ++o) to[o] = std::max(0.0f, products[o] + bias_[o]);
                products += out_;
            }
        }
    }

  private:
    int                in_;
    int                out_;
    int                columns_in_;
    int                columns_out_;
    int                stride_;
    std::vector<float> bias_;
    MatrixProduct      product_;
};

struct FreeBackend {
    void operator()(ggml_backend * backend) const { ggml_backend_free(backend); }
};

ggml_backend_t open_backend(int threads) {
    ggml_backend_t backend = ggml_backend_init_by_type(GGML_BACKEND_DEVICE_TYPE_CPU, nullptr);
    if (backend == nullptr) throw Failure{code::failed, "there is nothing to compute with"};
    ggml_backend_reg_t registry = ggml_backend_dev_backend_reg(ggml_backend_get_device(backend));
    auto set = reinterpret_cast<ggml_backend_set_n_threads_t>(
        ggml_backend_reg_get_proc_address(registry, "ggml_backend_set_n_threads"));
    if (set != nullptr) set(backend, threads);
    return backend;
}

} // namespace

struct SileroNetwork::Parts {
    Parts(const SileroWeights & weights, int threads)
        : backend(open_backend(threads)),
          transform(backend.get(), weights.transform, silero_frame, 2 * bins, batch * frames),
          encoders{
              {backend.get(), weights.encoders[0], silero_channels[0][0], silero_channels[0][1], 4, 1},
              {backend.get(), weights.encoders[1], silero_channels[1][0], silero_channels[1][1], 4, 2},
              {backend.get(), weights.encoders[2], silero_channels[2][0], silero_channels[2][1], 2, 2},
              {backend.get(), weights.encoders[3], silero_channels[3][0], silero_channels[3][1], 1, 1},
          },
          sound(backend.get(), weights.sound.weights, hidden, 4 * hidden, batch),
          memory(transposed(weights.memory.weights, 4 * hidden, hidden)),
          gate_bias(4 * hidden),
          last(weights.last) {
        for (int i = 0; i < 4 * hidden; ++i) gate_bias[i] = weights.sound.bias[i] + weights.memory.bias[i];
        forget();
    }

    void forget() {
        before.assign(context, 0.0f);
        h.assign(hidden, 0.0f);
        c.assign(hidden, 0.0f);
    }

    // Up to `batch` windows; the sound is a whole number of them.
    void compute(const float * samples, int count, std::vector<float> & probabilities) {
        listen(samples, count);
        magnitudes(count);
        for (Encoder & encoder : encoders) {
            encoder.compute(columns, encoded);
            columns.swap(encoded);
        }
        // The one column of each window, between two of zeros.
        float * input = sound.input();
        for (int w = 0; w < count; ++w) {
            std::memcpy(input + w * hidden, &columns[(w * padded(1) + 1) * hidden], sizeof(float) * hidden);
        }
        const float * gates = sound.compute();
        for (int w = 0; w < count; ++w) probabilities.push_back(remember(gates + w * 4 * hidden));
    }

    std::unique_ptr<ggml_backend, FreeBackend> backend;
    MatrixProduct                              transform;
    Encoder                                    encoders[4];
    MatrixProduct                              sound;
    // [128][4 × 128]
    std::vector<float>                         memory;
    std::vector<float>                         gate_bias;
    SileroWeights::Layer                       last;

    // The samples before the next window.
    std::vector<float> before;
    std::vector<float> h;
    std::vector<float> c;
    std::vector<float> columns;
    std::vector<float> encoded;

  private:
    // Cuts windows with their context, and their last samples in mirror writing behind them, into frames.
    void listen(const float * samples, int count) {
        float   piece[context + window + context];
        float * frame = transform.input();
        for (int w = 0; w < count; ++w, samples += window) {
            std::copy(before.begin(), before.end(), piece);
            std::copy(samples, samples + window, piece + context);
            constexpr int end = context + window;
            for (int i = 0; i < context; ++i) piece[end + i] = piece[end - 2 - i];
            std::copy(samples + window - context, samples + window, before.begin());
            for (int f = 0; f < frames; ++f, frame += silero_frame) {
                std::copy(piece + f * hop, piece + f * hop + silero_frame, frame);
            }
        }
    }

    void magnitudes(int count) {
        const float * parts = transform.compute();
        columns.assign(static_cast<size_t>(batch) * padded(frames) * bins, 0.0f);
        for (int w = 0; w < count; ++w) {
            for (int f = 0; f < frames; ++f, parts += 2 * bins) {
                float * to = &columns[(static_cast<size_t>(w) * padded(frames) + f + 1) * bins];
                for (int b = 0; b < bins; ++b) to[b] = std::sqrt(parts[b] * parts[b] + parts[bins + b] * parts[bins + b]);
            }
        }
    }

    float remember(const float * from_sound) {
        float gates[4 * hidden];
        for (int i = 0; i < 4 * hidden; ++i) gates[i] = from_sound[i] + gate_bias[i];
        for (int k = 0; k < hidden; ++k) {
            const float   value = h[k];
            const float * row   = &memory[k * 4 * hidden];
            for (int i = 0; i < 4 * hidden; ++i) gates[i] += value * row[i];
        }
        float sum = last.bias[0];
        for (int i = 0; i < hidden; ++i) {
            c[i] = sigmoid(gates[hidden + i]) * c[i] + sigmoid(gates[i]) * std::tanh(gates[2 * hidden + i]);
            h[i] = sigmoid(gates[3 * hidden + i]) * std::tanh(c[i]);
            sum += std::max(0.0f, h[i]) * last.weights[i];
        }
        return sigmoid(sum);
    }
};

SileroNetwork::SileroNetwork(const std::string & utf8_path, int threads)
    : parts_(std::make_unique<Parts>(read_silero_file(utf8_path), threads)) {}

SileroNetwork::~SileroNetwork() = default;

void SileroNetwork::forget() { parts_->forget(); }

std::vector<float> SileroNetwork::probabilities(const std::vector<float> & samples) {
    std::vector<float> whole = samples;
    whole.resize((samples.size() + window - 1) / window * window, 0.0f);
    std::vector<float> result;
    const int          count = static_cast<int>(whole.size() / window);
    for (int at = 0; at < count; at += batch) {
        parts_->compute(&whole[static_cast<size_t>(at) * window], std::min(batch, count - at), result);
    }
    return result;
}

} // namespace host
