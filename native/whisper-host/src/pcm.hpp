// Reads a range of a file of raw 16-bit little-endian mono samples.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace host {

// Samples from -1 to 1. Throws Failure with pcm-missing or pcm-short.
std::vector<float> read_pcm(const std::string & utf8_path, int64_t start_sample, int64_t sample_count);

} // namespace host
