// The computations that models are made of, held against plain arithmetic.
#pragma once

namespace host {

// Multiplies matrices of each type that models have, in each layout that ggml would keep them in, for one column (words) and
// for many (sound), and computes attention and what stands between. False when a result is wrong.
bool kernels_compute_right();

} // namespace host
