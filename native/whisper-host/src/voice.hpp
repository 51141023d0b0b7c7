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

// Where a word lies.
struct WordSpan {
    int64_t start_ms;
    int64_t end_ms;
    // True where nothing in the sound or in the model says so: shared out between what is known.
    bool estimated;
};

// Marks the voiced stretches of 16 kHz sound once, so that every segment can be laid out on them.
class VoiceMap {
  public:
    // `seams_ms`: where two stretches were joined; nobody speaks across.
    VoiceMap(const std::vector<float> & samples, const std::vector<int64_t> & seams_ms);

    // Lays words out on the voiced time between two points: each gets a share by its length, a word boundary that
    // falls near a pause moves to it, and pauses belong to no word. Without any voice the whole span is shared out.
    std::vector<WordSpan> lay_out(const std::vector<std::string> & words, int64_t start_ms, int64_t end_ms) const;

    // Words whose beginnings are known (-1: not) on the voice between two points: a word ends where the next one
    // begins, or where the voice ends before that. Beginnings that are not known, or not in order, are shared out.
    std::vector<WordSpan> align(const std::vector<int64_t> & starts_ms, int64_t start_ms, int64_t end_ms) const;

    // The pause that is nearest to a point: where the voice ends before it, and where it begins after it. Empty (start
    // and end the point itself) where there is none within `reach_ms`.
    Span pause_near(int64_t at_ms, int64_t reach_ms) const;

    // Milliseconds of voice between two points.
    int64_t voiced_ms(int64_t start_ms, int64_t end_ms) const;

    // The voice between two points, in order, cut at them; empty where there is none.
    std::vector<Span> voiced_between(int64_t start_ms, int64_t end_ms) const;

  private:
    // Voiced stretches in order; pauses shorter than a syllable's closure are part of the voice.
    std::vector<Span> voiced_;
};

} // namespace host
