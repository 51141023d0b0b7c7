#include "probe.hpp"

#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <iostream>

namespace probe {

int read_blocks(const fs::path & file, const std::vector<uint64_t> & offsets, uint64_t block_size) {
    std::error_code error;
    const uintmax_t size = fs::file_size(file, error);
    const int64_t modified = error ? 0 : modified_ms(file, error);
    std::ifstream input;
    if (!error) {
        errno = 0;
        input.open(file, std::ios::binary);
        if (!input) error = std::error_code(errno == 0 ? EIO : errno, std::generic_category());
    }
    if (error) {
        std::printf("{\"ok\":false,\"error\":\"%s\"}\n", error_name(error));
        return 0;
    }
    std::printf("{\"ok\":true,\"size\":%" PRIuMAX ",\"modifiedMs\":%" PRId64 "}\n", size, modified);
    std::vector<char> block(block_size);
    for (const uint64_t offset : offsets) {
        input.clear();
        input.seekg(static_cast<std::streamoff>(offset));
        input.read(block.data(), static_cast<std::streamsize>(block_size));
        if (input.bad()) return 1;
        std::fwrite(block.data(), 1, static_cast<size_t>(input.gcount()), stdout);
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}

} // namespace probe
