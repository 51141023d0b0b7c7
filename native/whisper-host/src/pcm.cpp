#include "pcm.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "messages.hpp"
#include "whisper.h"

namespace host {

static int64_t milliseconds(int64_t samples) {
    return samples * 1000 / WHISPER_SAMPLE_RATE;
}

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

JoinedSound::JoinedSound(const std::string & utf8_path, const std::vector<Stretch> & stretches) {
    for (const Stretch & stretch : stretches) {
        const std::vector<float> part = read_pcm(utf8_path, stretch.start, stretch.count);
        pieces_.push_back({
            milliseconds(static_cast<int64_t>(samples_.size())),
            milliseconds(stretch.start),
            milliseconds(stretch.count),
        });
        samples_.insert(samples_.end(), part.begin(), part.end());
    }
}

JoinedSound::Place JoinedSound::place(int64_t start_ms, int64_t end_ms) const {
    const Piece * best       = nullptr;
    int64_t       best_share = 0;
    for (const Piece & piece : pieces_) {
        // How much of the span lies here; below zero, how far away it is.
        const int64_t share =
            std::min(end_ms, piece.joined_ms + piece.length_ms) - std::max(start_ms, piece.joined_ms);
        if (best == nullptr || share > best_share) {
            best       = &piece;
            best_share = share;
        }
    }
    const auto inside = [&](int64_t ms) { return std::clamp<int64_t>(ms - best->joined_ms, 0, best->length_ms); };
    return {best->file_ms + inside(start_ms), best->file_ms + inside(end_ms)};
}

std::vector<int64_t> JoinedSound::seams_ms() const {
    std::vector<int64_t> seams;
    for (size_t i = 1; i < pieces_.size(); ++i) seams.push_back(pieces_[i].joined_ms);
    return seams;
}

} // namespace host
