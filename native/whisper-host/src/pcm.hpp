// Raw 16-bit mono sound at 16 kHz, read from a file and put together from the stretches that are wanted of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace host {

// A stretch of a file, in samples.
struct Stretch {
    int64_t start;
    int64_t count;
};

// Reads one stretch as floats from -1 to 1. Throws Failure with pcm-missing or pcm-short.
std::vector<float> read_pcm(const std::string & utf8_path, int64_t start_sample, int64_t sample_count);

// Several stretches of a file as one sound, and the way back from its time line to the file's.
class JoinedSound {
  public:
    // Throws Failure like read_pcm. The stretches are in order and do not overlap.
    JoinedSound(const std::string & utf8_path, const std::vector<Stretch> & stretches);

    const std::vector<float> & samples() const { return samples_; }

    struct Place {
        int64_t start_ms;
        int64_t end_ms;
    };

    // Where a span of the joined sound lies in the file. A span over a seam belongs to the stretch that holds more of
    // it: nothing is ever said across a piece that was left out. Times outside of the sound are moved into it.
    Place place(int64_t start_ms, int64_t end_ms) const;

    // The joined times, in milliseconds, at which one stretch ends and the next one begins.
    std::vector<int64_t> seams_ms() const;

  private:
    struct Piece {
        int64_t joined_ms;
        int64_t file_ms;
        int64_t length_ms;
    };

    std::vector<float> samples_;
    std::vector<Piece> pieces_;
};

} // namespace host
