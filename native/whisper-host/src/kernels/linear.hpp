// Linear layers of 8-bit weights, written once for all levels. Included after rows.hpp.
//
// Both sides are in blocks of 32 bytes with a scale each. The products of a block are added up in whole numbers, so
// that only the sum of the blocks is rounded.

namespace {

// Rows that are in the registers at once.
constexpr int strip_rows = 2 * Vector::lanes;
constexpr int strips     = host::panel_rows / strip_rows;
constexpr int quads      = host::quant_block / 4;

// Eight rows of 32 bytes as eight columns of four bytes each, all levels having 256 bits.
inline void transpose_quads(const uint8_t * const (&from)[quads], uint8_t * to, size_t to_stride) {
    static_assert(quads == 8, "as many rows as there are fours in a block");
    const __m256i flip = _mm256_set1_epi8(Vector::unsigned_weights ? -128 : 0);
    __m256i       rows[quads], twos[quads], fours[quads];
    for (int i = 0; i < quads; ++i) {
        rows[i] = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from[i]));
        rows[i] = _mm256_xor_si256(rows[i], flip);
    }
    for (int i = 0; i < quads; i += 2) {
        twos[i]     = _mm256_unpacklo_epi32(rows[i], rows[i + 1]);
        twos[i + 1] = _mm256_unpackhi_epi32(rows[i], rows[i + 1]);
    }
    for (int i = 0; i < quads; i += 4) {
        for (int j = 0; j < 2; ++j) {
            fours[i + 2 * j]     = _mm256_unpacklo_epi64(twos[i + j], twos[i + j + 2]);
            fours[i + 2 * j + 1] = _mm256_unpackhi_epi64(twos[i + j], twos[i + j + 2]);
        }
    }
    for (int i = 0; i < 4; ++i) {
        const __m256i low  = _mm256_permute2x128_si256(fours[i], fours[i + 4], 0x20);
        const __m256i high = _mm256_permute2x128_si256(fours[i], fours[i + 4], 0x31);
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to + i * to_stride), low);
        _mm256_storeu_si256(reinterpret_cast<__m256i *>(to + (i + 4) * to_stride), high);
    }
}

// Puts 32 rows side by side: [strip][block][four bytes of a row][row], then the scales [strip][block][row]. Where fewer
// rows are left, the last one is repeated.
void pack_panel(const host::LinearTask & task, int panel, uint8_t * scratch) {
    const int blocks = task.inputs / host::quant_block;
    float *   scales = reinterpret_cast<float *>(scratch + static_cast<size_t>(host::panel_rows) * task.inputs);
    for (int part = 0; part < host::panel_rows / quads; ++part) {
        const uint8_t * rows[quads];
        for (int i = 0; i < quads; ++i) {
            const int row = std::min(panel * host::panel_rows + part * quads + i, task.outputs - 1);
            rows[i]       = task.weights + task.weights_stride * static_cast<size_t>(row);
        }
        const size_t next  = host::panel_rows * task.weights_stride;
        const int    strip = part * quads / strip_rows;
        const int    place = part * quads % strip_rows;
        for (int block = 0; block < blocks; ++block) {
            const size_t at = static_cast<size_t>(strip * blocks + block);
            for (int i = 0; i < quads; ++i) {
                // The rows of the next panel: memory is too slow to be asked only when they are needed.
                _mm_prefetch(reinterpret_cast<const char *>(rows[i] + next), _MM_HINT_T0);
                scales[at * strip_rows + place + i] = _mm_cvtss_f32(_mm_cvtph_ps(_mm_cvtsi32_si128(read<uint16_t>(rows[i]))));
                rows[i] += 2;
            }
            transpose_quads(rows, scratch + (at * quads * strip_rows + place) * 4, strip_rows * 4);
            for (int i = 0; i < quads; ++i) rows[i] += host::quant_block;
        }
    }
}

// `count` columns times a strip, into tile[column][row of the panel].
template <int count>
inline void multiply(const host::LinearTask & task, const uint8_t * scratch, int strip, int column,
                     float (*tile)[host::panel_rows]) {
    const int       blocks = task.inputs / host::quant_block;
    const uint8_t * w      = scratch + static_cast<size_t>(strip) * blocks * quads * strip_rows * 4;
    const float *   scales = reinterpret_cast<const float *>(scratch + static_cast<size_t>(host::panel_rows) * task.inputs) +
                           static_cast<size_t>(strip) * blocks * strip_rows;
    const uint8_t * x      = task.x + task.x_stride * static_cast<size_t>(column);
    const uint8_t * factor = x + task.inputs;
    const size_t    stride = task.x_stride;
    F               sums[2][count];
    for (int c = 0; c < count; ++c) sums[0][c] = sums[1][c] = Vector::set(0.0f);
    for (int block = 0; block < blocks; ++block) {
        I whole[2][count];
#pragma GCC unroll 8
        for (int c = 0; c < count; ++c) {
            const int32_t start =
                Vector::unsigned_weights ? read<int32_t>(factor + c * stride + static_cast<size_t>(blocks + block) * 4) : 0;
            whole[0][c] = whole[1][c] = Vector::set(start);
        }
#pragma GCC unroll 8
        for (int quad = 0; quad < quads; ++quad) {
            const I low  = Vector::load(static_cast<const void *>(w));
            const I high = Vector::load(static_cast<const void *>(w + Vector::lanes * 4));
            w += strip_rows * 4;
#pragma GCC unroll 8
            for (int c = 0; c < count; ++c) {
                const I four = Vector::set(read<int32_t>(x + c * stride + quad * 4));
                whole[0][c]  = Vector::dot_bytes(whole[0][c], low, four);
                whole[1][c]  = Vector::dot_bytes(whole[1][c], high, four);
            }
        }
        x += host::quant_block;
        const F low  = Vector::load(scales);
        const F high = Vector::load(scales + Vector::lanes);
        scales += strip_rows;
#pragma GCC unroll 8
        for (int c = 0; c < count; ++c) {
            const F scale = Vector::set(read<float>(factor + c * stride + static_cast<size_t>(block) * 4));
            sums[0][c]    = Vector::fma(Vector::to_float(whole[0][c]), Vector::mul(low, scale), sums[0][c]);
            sums[1][c]    = Vector::fma(Vector::to_float(whole[1][c]), Vector::mul(high, scale), sums[1][c]);
        }
    }
    for (int c = 0; c < count; ++c) {
        Vector::store(tile[c] + strip * strip_rows, sums[0][c]);
        Vector::store(tile[c] + strip * strip_rows + Vector::lanes, sums[1][c]);
    }
}

// What comes after the multiplication, for one column of a panel.
inline void finish_column(const host::LinearTask & task, int panel, int column, float * values) {
    const size_t row  = static_cast<size_t>(panel) * host::panel_rows;
    uint8_t *    to   = task.y + task.y_stride * static_cast<size_t>(column);
    const int    left = task.outputs - panel * host::panel_rows;
    if (left < host::panel_rows) {
        for (int i = 0; i < left; ++i) values[i] *= task.scale;
        std::memcpy(reinterpret_cast<float *>(to) + row, values, static_cast<size_t>(left) * sizeof(float));
        return;
    }
    const float * add = task.residual == nullptr
                            ? nullptr
                            : task.residual + task.residual_stride * static_cast<size_t>(column) + row;
    for (int i = 0; i < host::panel_rows; i += Vector::lanes) {
        F y = Vector::mul(Vector::load(values + i), Vector::set(task.scale));
        if (task.bias != nullptr) y = Vector::add(y, Vector::load(task.bias + row + i));
        if (task.gelu) y = gelu(y);
        if (add != nullptr) y = Vector::add(y, Vector::load(add + i));
        if (task.result == host::LinearResult::halves) Vector::store_halves(to + (row + i) * 2, y);
        else Vector::store(task.result == host::LinearResult::floats ? reinterpret_cast<float *>(to) + row + i : values + i, y);
    }
    if (task.result == host::LinearResult::quantized) quantize_block(values, task.outputs, panel, to);
}

template <int count>
inline void multiply_columns(const host::LinearTask & task, int panel, int column, const uint8_t * scratch) {
    alignas(64) float tile[count][host::panel_rows];
    for (int strip = 0; strip < strips; ++strip) multiply<count>(task, scratch, strip, column, tile);
    for (int c = 0; c < count; ++c) finish_column(task, panel, column + c, tile[c]);
}

// As many columns at a time as fit into the registers; the last ones as many as there are.
template <int count>
inline void multiply_rest(const host::LinearTask & task, int panel, int column, int to, const uint8_t * scratch) {
    if constexpr (count > 0) {
        if (to - column == count) return multiply_columns<count>(task, panel, column, scratch);
        multiply_rest<count - 1>(task, panel, column, to, scratch);
    }
}

void linear(const host::LinearTask & task, int panel, int from, int to, uint8_t * scratch) {
    pack_panel(task, panel, scratch);
    int column = from;
    for (; column + Vector::columns <= to; column += Vector::columns) {
        multiply_columns<Vector::columns>(task, panel, column, scratch);
    }
    multiply_rest<Vector::columns - 1>(task, panel, column, to, scratch);
}

} // namespace
