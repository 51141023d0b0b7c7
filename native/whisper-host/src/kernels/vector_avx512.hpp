// Vectors of 512 bits, with VNNI. Included by one file only, which is compiled for this level.
#include <immintrin.h>

namespace {

struct Vector {
    using F = __m512;
    using I = __m512i;
    static constexpr int  lanes = 16;
    // How many sums fit into the registers.
    static constexpr int  columns = 6;
    static constexpr int  queries = 8;
    static constexpr int  wide    = 2;
    static constexpr bool unsigned_weights = true;

    static F load(const float * p) { return _mm512_loadu_ps(p); }
    static void store(float * p, F x) { _mm512_storeu_ps(p, x); }
    static F set(float x) { return _mm512_set1_ps(x); }
    static F add(F a, F b) { return _mm512_add_ps(a, b); }
    static F sub(F a, F b) { return _mm512_sub_ps(a, b); }
    static F mul(F a, F b) { return _mm512_mul_ps(a, b); }
    static F div(F a, F b) { return _mm512_div_ps(a, b); }
    static F fma(F a, F b, F c) { return _mm512_fmadd_ps(a, b, c); }
    static F max(F a, F b) { return _mm512_max_ps(a, b); }
    static F min(F a, F b) { return _mm512_min_ps(a, b); }
    static F abs(F a) { return _mm512_abs_ps(a); }
    static F round(F a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
    static F power_of_two_times(F a, F n) { return _mm512_scalef_ps(a, n); }
    static float highest(F a) { return _mm512_reduce_max_ps(a); }
    static float sum(F a) { return _mm512_reduce_add_ps(a); }
    static F to_float(I a) { return _mm512_cvtepi32_ps(a); }

    static I load(const void * p) { return _mm512_loadu_si512(p); }
    static void store(void * p, I x) { _mm512_storeu_si512(p, x); }
    static I set(int32_t x) { return _mm512_set1_epi32(x); }
    static I add(I a, I b) { return _mm512_add_epi32(a, b); }
    static I to_int(F a) { return _mm512_cvtps_epi32(a); }
    static int32_t sum(I a) { return _mm512_reduce_add_epi32(a); }
    static I pair(I low, I high) {
        return _mm512_or_si512(_mm512_and_si512(low, set(0xffff)), _mm512_slli_epi32(high, 16));
    }
    static void store_bytes(void * p, I x) { _mm_storeu_si128(static_cast<__m128i *>(p), _mm512_cvtepi32_epi8(x)); }
    static void store_shorts(void * p, I x) { _mm256_storeu_si256(static_cast<__m256i *>(p), _mm512_cvtepi32_epi16(x)); }
    static void store_halves(void * p, F x) {
        _mm256_storeu_si256(static_cast<__m256i *>(p), _mm512_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT));
    }
    // Sums of four products of bytes, and of two products of 16-bit numbers.
    static I dot_bytes(I sum, I weights, I x) { return _mm512_dpbusd_epi32(sum, weights, x); }
    static I dot_shorts(I sum, I a, I b) { return _mm512_dpwssd_epi32(sum, a, b); }
};

} // namespace
