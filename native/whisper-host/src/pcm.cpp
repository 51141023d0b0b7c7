#include "pcm.hpp"

#include <filesystem>
#include <fstream>

#include "messages.hpp"

namespace host {

std::vector<float> read_pcm(const std::string & utf8_path, int64_t start_sample, int64_t sample_count) {
    std::ifstream file(std::filesystem::u8path(utf8_path), std::ios::binary);
    if (!file) throw Failure{code::pcm_missing, "cannot open " + utf8_path};

    std::vector<int16_t> raw(static_cast<size_t>(sample_count));
    const std::streamsize bytes = static_cast<std::streamsize>(sample_count * 2);
    file.seekg(static_cast<std::streamoff>(start_sample * 2));
    file.read(reinterpret_cast<char *>(raw.data()), bytes);
    if (file.gcount() != bytes) {
        throw Failure{code::pcm_short, "the range goes past the end of " + utf8_path};
    }

    std::vector<float> samples(raw.size());
    for (size_t i = 0; i < raw.size(); ++i) samples[i] = static_cast<float>(raw[i]) / 32768.0f;
    return samples;
}

} // namespace host
