// Compares the encoder's kernels with ggml's operations and with sums in double precision, at every level that this
// processor has. Says a line of JSON for each comparison: level, name, error, and the error that is allowed. Exits with 1
// when one is too large.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "ggml-backend.h"
#include "ggml-cpp.h"
#include "ggml.h"

#include "../src/kernels/ops.hpp"

using namespace host;

namespace {

std::mt19937 generator(20);
int          failures = 0;

std::vector<float> random_numbers(size_t count, float deviation = 1) {
    std::normal_distribution<float> normal(0, deviation);
    std::vector<float>              numbers(count);
    for (float & number : numbers) number = normal(generator);
    return numbers;
}

// Tensors with their contents, and the graph that is computed of them.
struct Bench {
    std::vector<uint8_t>                                            meta;
    ggml_context_ptr                                                context;
    std::vector<std::pair<ggml_tensor *, std::vector<uint8_t>>>     contents;

    Bench() : meta(size_t(4) << 20), context(ggml_init({meta.size(), meta.data(), true})) {}

    ggml_tensor * tensor(ggml_type type, int64_t ne0, int64_t ne1, std::vector<uint8_t> bytes) {
        ggml_tensor * made = ggml_new_tensor_2d(context.get(), type, ne0, ne1);
        ggml_set_input(made);
        contents.emplace_back(made, std::move(bytes));
        return made;
    }
    ggml_tensor * floats(int64_t ne0, int64_t ne1, const std::vector<float> & numbers) {
        std::vector<uint8_t> bytes(numbers.size() * sizeof(float));
        std::memcpy(bytes.data(), numbers.data(), bytes.size());
        return tensor(GGML_TYPE_F32, ne0, ne1, std::move(bytes));
    }
    ggml_tensor * quantized(int64_t ne0, int64_t ne1, const std::vector<float> & numbers) {
        std::vector<uint8_t> bytes(ggml_row_size(GGML_TYPE_Q8_0, ne0) * static_cast<size_t>(ne1));
        ggml_quantize_chunk(GGML_TYPE_Q8_0, numbers.data(), bytes.data(), 0, ne1, ne0, nullptr);
        return tensor(GGML_TYPE_Q8_0, ne0, ne1, std::move(bytes));
    }

    // The results of several tensors, as floats.
    std::vector<std::vector<float>> compute(const std::vector<ggml_tensor *> & results, int threads) {
        ggml_cgraph * graph = ggml_new_graph(context.get());
        for (ggml_tensor * result : results) {
            ggml_set_output(result);
            ggml_build_forward_expand(graph, result);
        }
        ggml_backend_ptr backend(ggml_backend_init_by_type(GGML_BACKEND_DEVICE_TYPE_CPU, nullptr));
        ggml_backend_reg_t registry = ggml_backend_dev_backend_reg(ggml_backend_get_device(backend.get()));
        auto set_threads = reinterpret_cast<ggml_backend_set_n_threads_t>(
            ggml_backend_reg_get_proc_address(registry, "ggml_backend_set_n_threads"));
        set_threads(backend.get(), threads);
        ggml_backend_buffer_ptr buffer(ggml_backend_alloc_ctx_tensors(context.get(), backend.get()));
        for (const auto & [tensor, bytes] : contents) ggml_backend_tensor_set(tensor, bytes.data(), 0, bytes.size());
        if (ggml_backend_graph_compute(backend.get(), graph) != GGML_STATUS_SUCCESS) return {};
        std::vector<std::vector<float>> all;
        for (ggml_tensor * result : results) {
            std::vector<float> & values = all.emplace_back(static_cast<size_t>(ggml_nelements(result)));
            if (result->type == GGML_TYPE_F16) {
                std::vector<ggml_fp16_t> halves(values.size());
                ggml_backend_tensor_get(result, halves.data(), 0, halves.size() * sizeof(ggml_fp16_t));
                ggml_fp16_to_fp32_row(halves.data(), values.data(), static_cast<int64_t>(values.size()));
            } else {
                ggml_backend_tensor_get(result, values.data(), 0, values.size() * sizeof(float));
            }
        }
        return all;
    }
};

// The root of the mean square of what is apart, in parts of what should be.
double relative_error(const std::vector<float> & is, const std::vector<float> & should_be) {
    double apart = 0, all = 0;
    for (size_t i = 0; i < is.size(); ++i) {
        apart += std::pow(double(is[i]) - should_be[i], 2);
        all += std::pow(double(should_be[i]), 2);
    }
    if (is.size() != should_be.size() || !std::isfinite(apart)) return 1e9;
    return all == 0 ? std::sqrt(apart) : std::sqrt(apart / all);
}

void expect(const Kernels & kernels, const std::string & name, double error, double allowed) {
    std::printf("{\"level\":\"%s\",\"name\":\"%s\",\"error\":%.3g,\"allowed\":%.3g}\n", kernels.name, name.c_str(), error, allowed);
    if (!(error <= allowed)) ++failures;
}

// A norm and two layers with GELU between, added to what was there, and kept as halves: all that linear layers do.
void test_layers(const Kernels & kernels, int inputs, int hidden, int columns, int threads) {
    Bench      bench;
    KernelOps ops(kernels);
    ops.begin(bench.context.get());
    ggml_context * ctx = bench.context.get();
    const auto matrix  = [&](int n, int m) {
        return bench.quantized(n, m, random_numbers(static_cast<size_t>(n) * m, 1 / std::sqrt(float(n))));
    };
    const auto vector = [&](int n, float around) {
        std::vector<float> numbers = random_numbers(static_cast<size_t>(n), 0.2f);
        for (float & number : numbers) number += around;
        return bench.floats(n, 1, numbers);
    };
    ggml_tensor * x  = bench.floats(inputs, columns, random_numbers(static_cast<size_t>(inputs) * columns, 3));
    ggml_tensor * w0 = vector(inputs, 1), * b0 = vector(inputs, 0);
    ggml_tensor * w1 = matrix(inputs, hidden), * b1 = vector(hidden, 0);
    ggml_tensor * w2 = matrix(hidden, inputs), * b2 = vector(inputs, 0);

    const float   eps   = 1e-5f;
    ggml_tensor * row   = ggml_add(ctx, ggml_mul(ctx, ggml_norm(ctx, x, eps), w0), b0);
    ggml_tensor * first = ggml_add(ctx, ggml_mul_mat(ctx, w1, row), b1);
    ggml_tensor * last  = ggml_add(ctx, ggml_add(ctx, ggml_mul_mat(ctx, w2, ggml_gelu(ctx, first)), b2), x);
    ggml_tensor * keys  = ggml_scale(ctx, ggml_mul_mat(ctx, w1, row), 0.25f);

    ggml_tensor * our_row   = ops.normalize(x, w0, b0, eps);
    ggml_tensor * our_first = ops.linear(our_row, {w1, b1}, false);
    ggml_tensor * our_gelu  = ops.linear(our_row, {w1, b1, nullptr, true}, true);
    ggml_tensor * our_last  = ops.linear(our_gelu, {w2, b2, x}, false);
    ggml_tensor * place     = bench.tensor(GGML_TYPE_F16, int64_t(hidden) * columns, 1,
                                           std::vector<uint8_t>(static_cast<size_t>(hidden) * columns * 2));
    ggml_tensor * our_keys  = ops.linear_into(place, our_row, {w1, nullptr, nullptr, false, 0.25f});

    const auto all = bench.compute({first, last, keys, our_first, our_last, our_keys}, threads);
    const std::string size = std::to_string(inputs) + "x" + std::to_string(hidden) + "x" + std::to_string(columns) +
                             ", threads " + std::to_string(threads);
    // ggml rounds the scales of what it quantizes to halves, and looks GELU up in a table of halves.
    expect(kernels, "linear " + size, relative_error(all.at(3), all.at(0)), 1e-3);
    expect(kernels, "two layers " + size, relative_error(all.at(4), all.at(1)), 2e-3);
    expect(kernels, "halves " + size, relative_error(all.at(5), all.at(2)), 1e-3);
}

// A last panel that is not whole, and rows that are quantized as they are.
void test_odd_rows(const Kernels & kernels, int inputs, int outputs, int columns) {
    Bench     bench;
    KernelOps ops(kernels);
    ops.begin(bench.context.get());
    ggml_tensor * x = bench.floats(inputs, columns, random_numbers(static_cast<size_t>(inputs) * columns));
    ggml_tensor * w = bench.quantized(inputs, outputs, random_numbers(static_cast<size_t>(inputs) * outputs));
    const auto all = bench.compute({ggml_mul_mat(bench.context.get(), w, x), ops.linear(ops.quantize(x), {w}, false)}, 2);
    expect(kernels, "odd rows " + std::to_string(outputs) + "x" + std::to_string(columns), relative_error(all.at(1), all.at(0)), 1e-3);
}

// Weights and activations at the ends of their range, where 16 bits would overflow: -128 is in no file of ggml's making.
void test_extremes(const Kernels & kernels, int weight, bool alternating) {
    constexpr int        inputs = 256, columns = 7;
    std::vector<uint8_t> bytes;
    const ggml_fp16_t    one = ggml_fp32_to_fp16(1);
    for (int i = 0; i < panel_rows * inputs / quant_block; ++i) {
        bytes.insert(bytes.end(), reinterpret_cast<const uint8_t *>(&one), reinterpret_cast<const uint8_t *>(&one) + 2);
        bytes.insert(bytes.end(), quant_block, static_cast<uint8_t>(weight));
    }
    std::vector<uint8_t> rows(quantized_row_bytes(inputs) * columns);
    double               sum = 0;
    std::vector<float>   x(inputs);
    for (int i = 0; i < inputs; ++i) {
        x[static_cast<size_t>(i)] = alternating && i % 2 == 1 ? -127.0f : 127.0f;
        sum += double(x[static_cast<size_t>(i)]) * weight;
    }
    for (size_t column = 0; column < columns; ++column) kernels.quantize(x.data(), inputs, rows.data() + column * quantized_row_bytes(inputs));
    std::vector<float> y(panel_rows * columns);
    LinearTask         task{};
    task.weights        = bytes.data();
    task.weights_stride = ggml_row_size(GGML_TYPE_Q8_0, inputs);
    task.inputs         = inputs;
    task.outputs        = panel_rows;
    task.x              = rows.data();
    task.x_stride       = quantized_row_bytes(inputs);
    task.scale          = 1;
    task.result         = LinearResult::floats;
    task.y              = reinterpret_cast<uint8_t *>(y.data());
    task.y_stride       = panel_rows * sizeof(float);
    std::vector<uint8_t> memory(panel_bytes(inputs));
    kernels.linear(task, 0, 0, columns, memory.data());
    double worst = 0;
    for (const float value : y) worst = std::max(worst, std::abs(value - sum));
    expect(kernels, "weights of " + std::to_string(weight) + (alternating ? ", signs in turn" : ""), worst, 0);
}

std::vector<float> attention_in_doubles(const std::vector<float> & q, const std::vector<float> & k, const std::vector<float> & v,
                                        int positions, int heads, double scale) {
    std::vector<float> result(q.size());
    const size_t       stride = static_cast<size_t>(heads) * head_size;
    for (int head = 0; head < heads; ++head) {
        for (int i = 0; i < positions; ++i) {
            const size_t        at = static_cast<size_t>(i) * stride + static_cast<size_t>(head) * head_size;
            std::vector<double> scores;
            double              highest = -1e300;
            for (int j = 0; j < positions; ++j) {
                double score = 0;
                for (size_t d = 0; d < head_size; ++d) {
                    score += double(q[at + d]) * k[static_cast<size_t>(j) * stride + static_cast<size_t>(head) * head_size + d];
                }
                scores.push_back(score * scale);
                highest = std::max(highest, scores.back());
            }
            double              total = 0;
            std::vector<double> sums(head_size);
            for (int j = 0; j < positions; ++j) {
                const double weight = std::exp(scores[static_cast<size_t>(j)] - highest);
                total += weight;
                for (size_t d = 0; d < head_size; ++d) {
                    sums[d] += weight * v[static_cast<size_t>(j) * stride + static_cast<size_t>(head) * head_size + d];
                }
            }
            for (size_t d = 0; d < head_size; ++d) result[at + d] = static_cast<float>(sums[d] / total);
        }
    }
    return result;
}

struct Sound {
    const char * name;
    // Changes queries, keys and values, which come as normal numbers.
    std::function<void(std::vector<float> & q, std::vector<float> & k, std::vector<float> & v, size_t stride)> change;
    double allowed;
};

void test_attention(const Kernels & kernels, const Sound & sound, int positions, int heads, int threads) {
    Bench        bench;
    KernelOps   ops(kernels);
    const size_t stride = static_cast<size_t>(heads) * head_size;
    ops.begin(bench.context.get());
    auto q = random_numbers(stride * static_cast<size_t>(positions));
    auto k = random_numbers(q.size());
    auto v = random_numbers(q.size());
    sound.change(q, k, v, stride);
    const auto    width = static_cast<int64_t>(stride);
    const float   scale = 0.125f;
    ggml_tensor * tq    = bench.floats(width, positions, q);
    ggml_tensor * tk    = bench.floats(width, positions, k);
    ggml_tensor * tv    = bench.floats(width, positions, v);
    ggml_tensor * ours  = ops.attention(tq, tk, tv, heads, scale, false);
    // What is quantized is seen through the identity.
    std::vector<float> identity(stride * stride);
    for (size_t i = 0; i < stride; ++i) identity[i * stride + i] = 1;
    ggml_tensor * through = ops.linear(ops.attention(tq, tk, tv, heads, scale, true), {bench.quantized(width, width, identity)}, false);
    const auto all    = bench.compute({ours, through}, threads);
    const auto should = attention_in_doubles(q, k, v, positions, heads, scale);
    const std::string size = std::string(sound.name) + " " + std::to_string(positions) + "x" + std::to_string(heads);
    expect(kernels, "attention, " + size, relative_error(all.at(0), should), sound.allowed);
    expect(kernels, "attention, quantized, " + size, relative_error(all.at(1), should), sound.allowed + 1e-2);
}

// GELU of rows with a bias, beside ggml's, whose table is of halves.
void test_gelu(const Kernels & kernels, int columns) {
    Bench      bench;
    KernelOps ops(kernels);
    ops.begin(bench.context.get());
    const int     rows = 5;
    const auto    x    = random_numbers(static_cast<size_t>(rows) * columns, 4);
    ggml_tensor * bias = bench.floats(1, rows, random_numbers(rows));
    ggml_tensor * for_ggml = bench.floats(columns, rows, x);
    ggml_tensor * for_us   = bench.floats(columns, rows, x);
    const auto all = bench.compute({ggml_gelu(bench.context.get(), ggml_add(bench.context.get(), for_ggml, bias)), ops.gelu_rows(for_us, bias)}, 2);
    expect(kernels, "gelu " + std::to_string(columns), relative_error(all.at(1), all.at(0)), 1e-3);
}

// The same numbers whoever computes them.
void test_threads(const Kernels & kernels) {
    std::vector<std::vector<float>> results;
    for (const int threads : {1, 2, 5}) {
        generator.seed(7);
        Bench         bench;
        KernelOps    ops(kernels);
        ops.begin(bench.context.get());
        ggml_tensor * x = bench.floats(128, 333, random_numbers(128 * 333));
        ggml_tensor * w = bench.floats(128, 1, random_numbers(128));
        ggml_tensor * m = bench.quantized(128, 128, random_numbers(128 * 128));
        ggml_tensor * y = ops.linear(ops.normalize(x, w, w, 1e-5f), {m}, false);
        y               = ops.linear(ops.attention(y, y, y, 2, 0.125f, true), {m, w, x}, false);
        results.push_back(bench.compute({y}, threads).at(0));
    }
    expect(kernels, "threads", relative_error(results[1], results[0]) + relative_error(results[2], results[0]), 0);
}

const std::vector<Sound> sounds = {
    {"even", [](auto &, auto &, auto &, size_t) {}, 1e-3},
    {"sharp", [](auto & q, auto &, auto &, size_t) { for (float & x : q) x *= 12; }, 2e-3},
    // One key is far above all others, which still have most of the weight together.
    {"one above many",
     [](auto & q, auto & k, auto &, size_t stride) {
         for (size_t i = 0; i < q.size(); ++i) q[i] = i % head_size == 0 ? 1.0f : 0.01f * q[i];
         for (size_t i = 0; i < k.size(); ++i) k[i] = i % head_size == 0 && i < stride ? 44.0f : 0.01f * k[i];
     },
     5e-3},
    {"nothing", [](auto & q, auto & k, auto & v, size_t) { for (auto * all : {&q, &k, &v}) all->assign(all->size(), 0.0f); }, 0},
    {"large", [](auto & q, auto & k, auto & v, size_t) {
         for (float & x : q) x *= 1e3f;
         for (float & x : k) x *= 1e-3f;
         for (float & x : v) x *= 1e4f;
     }, 1e-3},
};

void test_level(const Kernels & kernels) {
    for (const auto & [inputs, hidden, columns] : std::vector<std::tuple<int, int, int>>{
             {32, 32, 1}, {64, 96, 5}, {384, 1536, 7}, {512, 512, 13}, {512, 2048, 150}, {1280, 96, 61}, {96, 5120, 6}}) {
        for (const int threads : {1, 3}) test_layers(kernels, inputs, hidden, columns, threads);
    }
    for (const int outputs : {1, 25, 33, 57}) {
        for (const int columns : {1, 2, 3, 4, 5, 8}) test_odd_rows(kernels, 64, outputs, columns);
    }
    for (const int weight : {127, -127, -128}) {
        for (const bool alternating : {false, true}) test_extremes(kernels, weight, alternating);
    }
    for (const Sound & sound : sounds) {
        for (const int positions : {1, 2, 23, 24, 25, 63, 64, 65, 400}) test_attention(kernels, sound, positions, 2, 2);
        test_attention(kernels, sound, 130, 5, 3);
    }
    for (const int columns : {1, 15, 16, 40}) test_gelu(kernels, columns);
    test_threads(kernels);
}

} // namespace

int main() {
    ggml_backend_load_all();
    for (const char * name : {"avx512-vnni", "avx-vnni", "avx2"}) {
        const Kernels * kernels = find_kernels(name);
        if (kernels != nullptr) test_level(*kernels);
    }
    return failures == 0 ? 0 : 1;
}
