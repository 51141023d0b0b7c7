#include <cstdlib>
#include <cstring>

#include "kernels.hpp"

#if defined(HOST_KERNELS_X86)
#if defined(_MSC_VER)
#include <intrin.h>
#else
#include <cpuid.h>
#endif
#endif

namespace host {

#if defined(HOST_KERNELS_X86)

extern const Kernels kernels_avx2;
extern const Kernels kernels_avx_vnni;
extern const Kernels kernels_avx512_vnni;

namespace {

struct Registers {
    unsigned a, b, c, d;
};

Registers ask(unsigned leaf, unsigned subleaf) {
    Registers r{};
#if defined(_MSC_VER)
    int values[4] = {};
    __cpuid(values, 0);
    if (leaf > static_cast<unsigned>(values[0])) return r;
    __cpuidex(values, static_cast<int>(leaf), static_cast<int>(subleaf));
    r = {static_cast<unsigned>(values[0]), static_cast<unsigned>(values[1]), static_cast<unsigned>(values[2]),
         static_cast<unsigned>(values[3])};
#else
    if (__get_cpuid_count(leaf, subleaf, &r.a, &r.b, &r.c, &r.d) == 0) return Registers{};
#endif
    return r;
}

// The registers that the system keeps when it changes between programs (XCR0).
unsigned kept_registers() {
#if defined(_MSC_VER)
    return static_cast<unsigned>(_xgetbv(0));
#else
    unsigned low = 0, high = 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
#endif
}

// Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, CPUID.
struct Abilities {
    bool avx2 = false, avx_vnni = false, avx512_vnni = false;

    Abilities() {
        const auto      bit    = [](unsigned value, int n) { return (value >> n & 1) != 0; };
        const Registers first  = ask(1, 0);
        const Registers second = ask(7, 0);
        if (!bit(first.c, 27)) return;
        const unsigned kept = kept_registers();
        avx2 = (kept & 0x06) == 0x06 && bit(first.c, 28) && bit(first.c, 12) && bit(first.c, 29) && bit(second.b, 5);
        avx_vnni    = avx2 && second.a >= 1 && bit(ask(7, 1).a, 4);
        avx512_vnni = avx2 && (kept & 0xe6) == 0xe6 && bit(second.b, 16) && bit(second.b, 17) && bit(second.b, 30) &&
                      bit(second.b, 31) && bit(second.c, 11);
    }
};

} // namespace

const Kernels * find_kernels(const char * name) {
    const Abilities can;
    const bool      best = name == nullptr;
    (void) can;
#if defined(HOST_KERNELS_AVX512_VNNI)
    if (can.avx512_vnni && (best || std::strcmp(name, kernels_avx512_vnni.name) == 0)) return &kernels_avx512_vnni;
#endif
#if defined(HOST_KERNELS_AVX_VNNI)
    if (can.avx_vnni && (best || std::strcmp(name, kernels_avx_vnni.name) == 0)) return &kernels_avx_vnni;
#endif
#if defined(HOST_KERNELS_AVX2)
    if (can.avx2 && (best || std::strcmp(name, kernels_avx2.name) == 0)) return &kernels_avx2;
#endif
    return nullptr;
}

#else

const Kernels * find_kernels(const char *) {
    return nullptr;
}

#endif

const Kernels * find_kernels() {
    return find_kernels(std::getenv("WHISPER_HOST_KERNELS"));
}

} // namespace host
