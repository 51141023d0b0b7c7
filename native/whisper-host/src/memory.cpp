#include "memory.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace host {

static std::atomic<bool> allocation_failed{false};

void log_line(ggml_log_level level, const char * text, void *) {
    if (level != GGML_LOG_LEVEL_ERROR && level != GGML_LOG_LEVEL_WARN) return;
    if (std::strstr(text, "failed to allocate") != nullptr) allocation_failed = true;
    std::fputs(text, stderr);
}

bool ran_out_of_memory() {
    return allocation_failed.exchange(false);
}

bool can_allocate(size_t bytes) {
    void * block = std::malloc(bytes);
    std::free(block);
    return block != nullptr;
}

} // namespace host
