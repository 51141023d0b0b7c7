// The kernels for avx512-vnni: this file alone is compiled for that level, so nothing in it may be shared with others.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "kernels.hpp"
#include "vector_avx512.hpp"

#include "rows.hpp"

#include "attention.hpp"
#include "linear.hpp"

namespace host {

extern const Kernels kernels_avx512_vnni;
const Kernels        kernels_avx512_vnni = {"avx512-vnni", quantize, normalize, linear, pack_keys, attend, gelu_row};

} // namespace host
