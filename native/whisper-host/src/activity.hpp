// What other threads see of the request that is worked on.
#pragma once

#include <atomic>
#include <cstdint>

namespace host {

struct Activity {
    std::atomic<bool>     cancelled{false};
    // Grows with every operation that the engine computes: a heartbeat that a hung engine cannot fake.
    std::atomic<uint64_t> work{0};
};

// For ggml, with an Activity as its data: counts an operation, and says whether to stop.
inline bool note_operation(void * data) {
    Activity & activity = *static_cast<Activity *>(data);
    activity.work.fetch_add(1, std::memory_order_relaxed);
    return activity.cancelled.load(std::memory_order_relaxed);
}

} // namespace host
