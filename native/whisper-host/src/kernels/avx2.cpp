// The kernels for avx2: this file alone is compiled for that level, so nothing in it may be shared with others.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "kernels.hpp"
#include "vector_avx2.hpp"

#include "rows.hpp"

#include "attention.hpp"
#include "linear.hpp"

namespace host {

extern const Kernels kernels_avx2;
const Kernels        kernels_avx2 = {"avx2", quantize, normalize, linear, pack_keys, attend, gelu_row};

} // namespace host
