// What this machine can do.
#pragma once

#include "messages.hpp"

namespace host {

// No machine has more.
constexpr int most_threads = 256;

// Physical cores that this process may use; at least 1.
int physical_cores();

// Names of the processor features that the engine was built with and uses (AVX2, NEON, …).
Json processor_features();

// True when there is a device to compute on besides the CPU.
bool has_gpu();

// Devices that the engine can compute on: [{"name": …, "description": …, "kind": "cpu" | "gpu"}].
Json devices();

} // namespace host
