// Attention of the encoder, written once for all levels. Included after rows.hpp.
//
// Queries, keys, values and weights are whole numbers of 13 bits with a scale each (a query's, a key's, a value
// dimension's in 64 keys, the weights' of a query in 64 keys), multiplied as 16-bit numbers and added up in 32 bits:
// 64 products of 4096 x 4096 at most. Sums over more than 64 keys are floats; the softmax is computed as the keys go
// by (Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018).

namespace {

constexpr float most_whole  = 4095.0f;
constexpr float weight_bits = 12.0f;
constexpr int   vectors     = host::head_size / Vector::lanes;
constexpr int   pairs       = host::head_size / 2;
constexpr int   parts       = vectors / Vector::wide;
static_assert(host::key_block == host::head_size, "the two products have the same shape");
static_assert(host::query_tile % Vector::queries == 0 && Vector::queries <= Vector::lanes, "a tile has whole groups");

// 64 numbers as whole ones; returns their scale.
inline float to_shorts(const float * x, int16_t * whole) {
    F most = Vector::set(0.0f);
    for (int i = 0; i < host::head_size; i += Vector::lanes) most = Vector::max(most, Vector::abs(Vector::load(x + i)));
    const float highest = Vector::highest(most);
    const F     inverse = Vector::set(highest > 0 ? most_whole / highest : 0.0f);
    for (int i = 0; i < host::head_size; i += Vector::lanes) {
        Vector::store_shorts(whole + i, Vector::to_int(Vector::mul(Vector::load(x + i), inverse)));
    }
    return highest / most_whole;
}

// Sixty-four keys and values: keys as [vector of keys][pair of dimensions][key], values as [pair of keys][dimension].
struct KeyBlock {
    int16_t keys[host::key_block * host::head_size];
    int16_t values[host::key_block * host::head_size];
    float   key_scales[host::key_block];
    float   value_scales[host::head_size];
};
static_assert(sizeof(KeyBlock) == host::key_block_bytes, "a block has no gaps");

inline KeyBlock * block_at(const host::AttentionTask & task, int head, int block) {
    const int blocks = (task.positions + host::key_block - 1) / host::key_block;
    return reinterpret_cast<KeyBlock *>(task.packed) + static_cast<size_t>(head) * blocks + block;
}

void pack_keys(const host::AttentionTask & task, int head, int block) {
    KeyBlock &    to    = *block_at(task, head, block);
    const int     first = block * host::key_block;
    const int     count = std::min(host::key_block, task.positions - first);
    const size_t  start = static_cast<size_t>(first) * task.stride + static_cast<size_t>(head) * host::head_size;
    const float * k     = task.k + start;
    const float * v     = task.v + start;

    for (int key = 0; key < host::key_block; ++key) {
        alignas(64) int16_t whole[host::head_size] = {};
        to.key_scales[key] = key < count ? to_shorts(k + key * task.stride, whole) : 0.0f;
        int16_t * at = to.keys + (key / Vector::lanes) * pairs * Vector::lanes * 2 + (key % Vector::lanes) * 2;
        for (int pair = 0; pair < pairs; ++pair) std::memcpy(at + pair * Vector::lanes * 2, whole + pair * 2, 4);
    }
    for (int d = 0; d < host::head_size; d += Vector::lanes) {
        F most = Vector::set(0.0f);
        for (int key = 0; key < count; ++key) most = Vector::max(most, Vector::abs(Vector::load(v + key * task.stride + d)));
        // A dimension that is nothing throughout is divided by something.
        const F inverse = Vector::div(Vector::set(most_whole), Vector::max(most, Vector::set(1e-30f)));
        Vector::store(to.value_scales + d, Vector::mul(most, Vector::set(1.0f / most_whole)));
        const auto whole = [&](int key) {
            if (key >= count) return Vector::set(0);
            return Vector::to_int(Vector::mul(Vector::load(v + key * task.stride + d), inverse));
        };
        for (int key = 0; key < host::key_block; key += 2) {
            Vector::store(static_cast<void *>(to.values + key * host::head_size + d * 2), Vector::pair(whole(key), whole(key + 1)));
        }
    }
}

// What the queries of a group have gathered so far.
struct Group {
    alignas(64) float   sums[Vector::queries][host::head_size];
    alignas(64) int16_t queries[Vector::queries][host::head_size];
    // To the base of 2, with what the softmax multiplies.
    float               scales[Vector::queries];
    // The highest score, and the sum of the weights beside it.
    alignas(64) float   highest[Vector::lanes];
    alignas(64) float   total[Vector::lanes];
};

// Dot products of 64 vectors (keys, or dimensions of the values) with the group's rows, `part` of them at a time. Not
// inlined: it needs all registers, which compilers give to what is constant outside.
KERNEL_NOINLINE void dot(const int16_t * vectors_of, int vector_stride, int pair_stride, const int16_t (*rows)[host::head_size],
                int part, I (&results)[Vector::wide][Vector::queries]) {
    // Of its own, so that it stays in the registers.
    I sums[Vector::wide][Vector::queries];
#pragma GCC unroll 8
    for (int w = 0; w < Vector::wide; ++w) {
#pragma GCC unroll 8
        for (int q = 0; q < Vector::queries; ++q) sums[w][q] = Vector::set(0);
    }
    const int16_t * from = vectors_of + part * Vector::wide * vector_stride;
#pragma GCC unroll 1
    for (int pair = 0; pair < pairs; ++pair) {
        I side[Vector::wide];
#pragma GCC unroll 8
        for (int w = 0; w < Vector::wide; ++w) {
            side[w] = Vector::load(static_cast<const void *>(from + w * vector_stride + pair * pair_stride));
        }
#pragma GCC unroll 8
        for (int q = 0; q < Vector::queries; ++q) {
            const I two = Vector::set(read<int32_t>(rows[q] + pair * 2));
#pragma GCC unroll 8
            for (int w = 0; w < Vector::wide; ++w) sums[w][q] = Vector::dot_shorts(sums[w][q], side[w], two);
        }
    }
#pragma GCC unroll 8
    for (int w = 0; w < Vector::wide; ++w) {
#pragma GCC unroll 8
        for (int q = 0; q < Vector::queries; ++q) results[w][q] = sums[w][q];
    }
}

// Lets a group look at a block of which `count` keys are real.
inline void look(Group & group, const KeyBlock & block, int count) {
    alignas(64) float   scores[Vector::queries][host::key_block];
    alignas(64) int16_t weights[Vector::queries][host::key_block];
    alignas(64) float   highest[Vector::lanes] = {};
    alignas(64) float   total[Vector::lanes]   = {};
    I                   whole[Vector::wide][Vector::queries];

    for (int part = 0; part < parts; ++part) {
        dot(block.keys, pairs * Vector::lanes * 2, Vector::lanes * 2, group.queries, part, whole);
#pragma GCC unroll 8
        for (int w = 0; w < Vector::wide; ++w) {
            const int key   = (part * Vector::wide + w) * Vector::lanes;
            const F   scale = Vector::load(block.key_scales + key);
#pragma GCC unroll 8
            for (int q = 0; q < Vector::queries; ++q) {
                Vector::store(scores[q] + key, Vector::mul(Vector::to_float(whole[w][q]), Vector::mul(scale, Vector::set(group.scales[q]))));
            }
        }
    }
    for (int q = 0; q < Vector::queries; ++q) {
        for (int key = count; key < host::key_block; ++key) scores[q][key] = -1e30f;
        F most = Vector::load(scores[q]);
        for (int v = 1; v < vectors; ++v) most = Vector::max(most, Vector::load(scores[q] + v * Vector::lanes));
        highest[q]    = Vector::highest(most);
        const F shift = Vector::set(weight_bits - highest[q]);
        I       sum   = Vector::set(0);
        for (int v = 0; v < vectors; ++v) {
            const I weight = Vector::to_int(power_of_two(Vector::add(Vector::load(scores[q] + v * Vector::lanes), shift)));
            sum            = Vector::add(sum, weight);
            Vector::store_shorts(weights[q] + v * Vector::lanes, weight);
        }
        total[q] = static_cast<float>(Vector::sum(sum));
    }
    // What was before, and what is new, in parts of the new highest score.
    alignas(64) float before[Vector::lanes];
    alignas(64) float fresh[Vector::lanes];
    const F old_highest = Vector::load(group.highest);
    const F now         = Vector::load(highest);
    const F new_highest = Vector::max(old_highest, now);
    const F shrink      = power_of_two(Vector::sub(old_highest, new_highest));
    const F factor      = power_of_two(Vector::sub(Vector::sub(now, new_highest), Vector::set(weight_bits)));
    Vector::store(before, shrink);
    Vector::store(fresh, factor);
    Vector::store(group.highest, new_highest);
    Vector::store(group.total, Vector::fma(Vector::load(group.total), shrink, Vector::mul(Vector::load(total), factor)));

    for (int part = 0; part < parts; ++part) {
        dot(block.values, Vector::lanes * 2, host::head_size * 2, weights, part, whole);
#pragma GCC unroll 8
        for (int w = 0; w < Vector::wide; ++w) {
            const int d     = (part * Vector::wide + w) * Vector::lanes;
            const F   scale = Vector::load(block.value_scales + d);
#pragma GCC unroll 8
            for (int q = 0; q < Vector::queries; ++q) {
                const F kept = Vector::mul(Vector::load(group.sums[q] + d), Vector::set(before[q]));
                const F each = Vector::mul(scale, Vector::set(fresh[q]));
                Vector::store(group.sums[q] + d, Vector::fma(Vector::to_float(whole[w][q]), each, kept));
            }
        }
    }
}

void attend(const host::AttentionTask & task, int head, int tile) {
    constexpr int groups = host::query_tile / Vector::queries;
    Group         all[groups];
    const int     first  = tile * host::query_tile;
    const int     count  = std::min(host::query_tile, task.positions - first);
    const size_t  column = static_cast<size_t>(head) * host::head_size;
    std::memset(static_cast<void *>(all), 0, sizeof(all));
    for (Group & group : all) Vector::store(group.highest, Vector::set(-1e30f));
    for (int i = 0; i < count; ++i) {
        Group & group = all[i / Vector::queries];
        const int q   = i % Vector::queries;
        const float scale = to_shorts(task.q + static_cast<size_t>(first + i) * task.stride + column, group.queries[q]);
        // log2(e)
        group.scales[q] = scale * task.scale * 1.44269504f;
    }
    const int used = (count + Vector::queries - 1) / Vector::queries;
    for (int key = 0, block = 0; key < task.positions; key += host::key_block, ++block) {
        const KeyBlock & keys = *block_at(task, head, block);
        for (int g = 0; g < used; ++g) look(all[g], keys, std::min(host::key_block, task.positions - key));
    }
    for (int i = 0; i < count; ++i) {
        Group &   group = all[i / Vector::queries];
        const int q     = i % Vector::queries;
        float *   sums  = group.sums[q];
        uint8_t * row   = task.y + task.y_stride * static_cast<size_t>(first + i);
        const F   share = Vector::set(1.0f / group.total[q]);
        float *   to    = task.quantized ? sums : reinterpret_cast<float *>(row) + column;
        for (int d = 0; d < host::head_size; d += Vector::lanes) {
            Vector::store(to + d, Vector::mul(Vector::load(sums + d), share));
        }
        if (!task.quantized) continue;
        const int size = task.heads * host::head_size;
        for (int block = 0; block < host::head_size / host::quant_block; ++block) {
            quantize_block(sums + block * host::quant_block, size, head * (host::head_size / host::quant_block) + block, row);
        }
    }
}

} // namespace
