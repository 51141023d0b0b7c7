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

} // namespace host
