// What this machine can do.
#pragma once

#include "messages.hpp"

namespace host {

// Physical cores that this process may use; at least 1.
int physical_cores();

// Names of the processor features that the engine was built with and uses (AVX2, NEON, …).
Json processor_features();

// Devices that the engine can compute on: [{"name": …, "description": …, "kind": "cpu" | "gpu"}].
Json devices();

} // namespace host
