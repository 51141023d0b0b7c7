// ggml asks a callback between two operations of a graph whether to stop. whisper.h and parakeet.h do not pass one on to
// their backends, and ask only after a whole graph.
#pragma once

#include <vector>

#include "ggml-backend.h"

namespace host {

// Lets `callback` stop what the backends compute; those that know no such callback go on.
inline void set_abort_callback(const std::vector<ggml_backend_t> & backends, ggml_abort_callback callback, void * data) {
    for (ggml_backend_t backend : backends) {
        ggml_backend_dev_t device   = ggml_backend_get_device(backend);
        ggml_backend_reg_t registry = device ? ggml_backend_dev_backend_reg(device) : nullptr;
        if (registry == nullptr) continue;
        auto set = reinterpret_cast<ggml_backend_set_abort_callback_t>(
            ggml_backend_reg_get_proc_address(registry, "ggml_backend_set_abort_callback"));
        if (set != nullptr) set(backend, callback, data);
    }
}

} // namespace host
