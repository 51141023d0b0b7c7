// Vectors of 256 bits, with VNNI where the compiler was told so. Included by files that are compiled for their level.
#include <immintrin.h>

namespace {

struct Vector {
    using F = __m256;
    using I = __m256i;
    static constexpr int lanes   = 8;
    static constexpr int queries = 4;
    static constexpr int wide    = 2;

    static F load(const float * p) { return _mm256_loadu_ps(p); }
    static void store(float * p, F x) { _mm256_storeu_ps(p, x); }
    static F set(float x) { return _mm256_set1_ps(x); }
    static F add(F a, F b) { return _mm256_add_ps(a, b); }
    static F sub(F a, F b) { return _mm256_sub_ps(a, b); }
    static F mul(F a, F b) { return _mm256_mul_ps(a, b); }
    static F div(F a, F b) { return _mm256_div_ps(a, b); }
    static F fma(F a, F b, F c) { return _mm256_fmadd_ps(a, b, c); }
    static F max(F a, F b) { return _mm256_max_ps(a, b); }
    static F min(F a, F b) { return _mm256_min_ps(a, b); }
    static F abs(F a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
    static F round(F a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
    // For n from -126 on, and a near one.
    static F power_of_two_times(F a, F n) {
        return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(a), _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23)));
    }
    static float highest(F a) {
        __m128 x = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
        x        = _mm_max_ps(x, _mm_movehl_ps(x, x));
        return _mm_cvtss_f32(_mm_max_ss(x, _mm_shuffle_ps(x, x, 1)));
    }
    static float sum(F a) {
        __m128 x = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
        x        = _mm_add_ps(x, _mm_movehl_ps(x, x));
        return _mm_cvtss_f32(_mm_add_ss(x, _mm_shuffle_ps(x, x, 1)));
    }
    static F to_float(I a) { return _mm256_cvtepi32_ps(a); }

    static I load(const void * p) { return _mm256_loadu_si256(static_cast<const __m256i *>(p)); }
    static void store(void * p, I x) { _mm256_storeu_si256(static_cast<__m256i *>(p), x); }
    static I set(int32_t x) { return _mm256_set1_epi32(x); }
    static I add(I a, I b) { return _mm256_add_epi32(a, b); }
    static I to_int(F a) { return _mm256_cvtps_epi32(a); }
    static int32_t sum(I a) {
        __m128i x = _mm_add_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
        x         = _mm_add_epi32(x, _mm_shuffle_epi32(x, 0x4e));
        return _mm_cvtsi128_si32(_mm_add_epi32(x, _mm_shuffle_epi32(x, 0xb1)));
    }
    static I pair(I low, I high) {
        return _mm256_or_si256(_mm256_and_si256(low, set(0xffff)), _mm256_slli_epi32(high, 16));
    }
    static __m128i shorts(I x) { return _mm_packs_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1)); }
    static void store_bytes(void * p, I x) {
        const __m128i s = shorts(x);
        _mm_storel_epi64(static_cast<__m128i *>(p), _mm_packs_epi16(s, s));
    }
    static void store_shorts(void * p, I x) { _mm_storeu_si128(static_cast<__m128i *>(p), shorts(x)); }
    static void store_halves(void * p, F x) {
        _mm_storeu_si128(static_cast<__m128i *>(p), _mm256_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT));
    }
#if defined(KERNELS_AVX_VNNI)
    static constexpr int  columns          = 3;
    static constexpr bool unsigned_weights = true;
    static I dot_bytes(I sum, I weights, I x) { return _mm256_dpbusd_avx_epi32(sum, weights, x); }
    static I dot_shorts(I sum, I a, I b) { return _mm256_dpwssd_avx_epi32(sum, a, b); }
#else
    static constexpr int  columns          = 2;
    static constexpr bool unsigned_weights = false;
    static I dot_bytes(I sum, I weights, I x) {
        const I pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(weights), _mm256_sign_epi8(x, weights));
        return add(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }
    static I dot_shorts(I sum, I a, I b) { return add(sum, _mm256_madd_epi16(a, b)); }
#endif
};

} // namespace
