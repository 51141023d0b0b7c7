// Rows of numbers: what is written once for all levels. Included after the level's `Vector`.

#if defined(_MSC_VER)
#define KERNEL_NOINLINE __declspec(noinline)
#else
#define KERNEL_NOINLINE __attribute__((noinline))
#endif

namespace {

using F = Vector::F;
using I = Vector::I;

template <typename T> T read(const void * p) {
    T value;
    std::memcpy(&value, p, sizeof(value));
    return value;
}

// 2 to the power of x, to 3e-6 of itself; below -126 nearly nothing.
inline F power_of_two(F x) {
    x         = Vector::min(Vector::max(x, Vector::set(-126.0f)), Vector::set(126.0f));
    const F n = Vector::round(x);
    const F f = Vector::sub(x, n);
    F       p = Vector::set(1.3333558e-3f);
    p         = Vector::fma(p, f, Vector::set(9.6181291e-3f));
    p         = Vector::fma(p, f, Vector::set(5.5504109e-2f));
    p         = Vector::fma(p, f, Vector::set(2.4022651e-1f));
    p         = Vector::fma(p, f, Vector::set(6.9314718e-1f));
    p         = Vector::fma(p, f, Vector::set(1.0f));
    return Vector::power_of_two_times(p, n);
}

// x * (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2, which is x / (1 + exp(-2 sqrt(2/pi) (x + 0.044715 x^3))).
inline F gelu(F x) {
    // -2 sqrt(2/pi) log2(e)
    const F y = Vector::mul(Vector::mul(x, Vector::set(-2.3022082f)),
                            Vector::fma(Vector::mul(x, x), Vector::set(0.044715f), Vector::set(1.0f)));
    return Vector::div(x, Vector::add(Vector::set(1.0f), power_of_two(y)));
}

// A block of 32 numbers, `block` of a row that is `n` long.
inline void quantize_block(const float * x, int n, int block, uint8_t * row) {
    constexpr int count = host::quant_block / Vector::lanes;
    F             parts[count];
    F             most = Vector::set(0.0f);
    for (int i = 0; i < count; ++i) {
        parts[i] = Vector::load(x + i * Vector::lanes);
        most     = Vector::max(most, Vector::abs(parts[i]));
    }
    const float highest = Vector::highest(most);
    const F     inverse = Vector::set(highest > 0 ? 127.0f / highest : 0.0f);
    I           total   = Vector::set(0);
    for (int i = 0; i < count; ++i) {
        const I whole = Vector::to_int(Vector::mul(parts[i], inverse));
        total         = Vector::add(total, whole);
        Vector::store_bytes(row + block * host::quant_block + i * Vector::lanes, whole);
    }
    const float   scale      = highest / 127.0f;
    const int32_t correction = -128 * Vector::sum(total);
    const size_t  blocks     = static_cast<size_t>(n / host::quant_block);
    std::memcpy(row + n + 4 * block, &scale, 4);
    std::memcpy(row + n + 4 * blocks + 4 * static_cast<size_t>(block), &correction, 4);
}

void quantize(const float * x, int n, uint8_t * row) {
    for (int block = 0; block < n / host::quant_block; ++block) quantize_block(x + block * host::quant_block, n, block, row);
}

void normalize(const float * x, int n, float eps, const float * weight, const float * bias, float * y) {
    F total = Vector::set(0.0f);
    for (int i = 0; i < n; i += Vector::lanes) total = Vector::add(total, Vector::load(x + i));
    const F mean    = Vector::set(Vector::sum(total) / static_cast<float>(n));
    F       squares = Vector::set(0.0f);
    for (int i = 0; i < n; i += Vector::lanes) {
        const F apart = Vector::sub(Vector::load(x + i), mean);
        squares       = Vector::fma(apart, apart, squares);
    }
    const F factor = Vector::set(1.0f / std::sqrt(Vector::sum(squares) / static_cast<float>(n) + eps));
    for (int i = 0; i < n; i += Vector::lanes) {
        const F even = Vector::mul(Vector::sub(Vector::load(x + i), mean), factor);
        Vector::store(y + i, Vector::fma(even, Vector::load(weight + i), Vector::load(bias + i)));
    }
}

void gelu_row(const float * x, float bias, int n, float * y) {
    int i = 0;
    for (; i + Vector::lanes <= n; i += Vector::lanes) {
        Vector::store(y + i, gelu(Vector::add(Vector::load(x + i), Vector::set(bias))));
    }
    if (i == n) return;
    float rest[Vector::lanes] = {};
    std::memcpy(rest, x + i, static_cast<size_t>(n - i) * sizeof(float));
    Vector::store(rest, gelu(Vector::add(Vector::load(rest), Vector::set(bias))));
    std::memcpy(y + i, rest, static_cast<size_t>(n - i) * sizeof(float));
}

} // namespace
