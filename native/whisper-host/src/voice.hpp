// Where in a piece of sound somebody speaks, and how the words of a segment lie on it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace host {

struct Span {
    int64_t start_ms;
    int64_t end_ms;
};

// Marks the voiced stretches of 16 kHz sound once, so that every segment can be laid out on them.
class VoiceMap {
  public:
    explicit VoiceMap(const std::vector<float> & samples);

    // Lays words out on the voiced time between two points: each gets a share by its length, a word boundary that
    // falls near a pause moves to it, and pauses belong to no word. Without any voice the whole span is shared out.
    std::vector<Span> lay_out(const std::vector<std::string> & words, int64_t start_ms, int64_t end_ms) const;

  private:
    std::vector<Span> voiced_between(int64_t start_ms, int64_t end_ms) const;

    // Voiced stretches in order; pauses shorter than a syllable's closure are part of the voice.
    std::vector<Span> voiced_;
};

} // namespace host
