// Segments: what stands between two times that the model wrote, as messages with the times of their words.
#pragma once

#include <cstdint>
#include <vector>

#include "messages.hpp"
#include "pcm.hpp"
#include "voice.hpp"
#include "whisper.h"

namespace host {

// The quiet at the end of a sound that is not worth a window of its own: whoever cuts sounds leaves about this much
// behind the last word. The model hears it with the rest; what whisper.cpp would do is encode it once more, alone.
constexpr int64_t quiet_end_ms = 450;

struct SegmentTokens {
    // In hundredths of a second of the sound that was given.
    int64_t                         start;
    int64_t                         end;
    float                           no_speech;
    std::vector<whisper_token_data> tokens;
};

// Splits the tokens of a window at the times in them. `seek`: where the window begins; `end`: where it was read to.
std::vector<SegmentTokens> split_segments(whisper_context * context, const std::vector<whisper_token_data> & tokens,
                                          int64_t seek, int64_t end, float no_speech);

// Moves the times between segments, which the model writes to a tenth of a second or two, to the pauses of the voice.
void move_to_pauses(std::vector<SegmentTokens> & segments, const VoiceMap & voice);

// The fields of a "segment" message that tell of its words. `aligned`: the tokens have times of the model's attention.
Json describe_segment(whisper_context * context, const SegmentTokens & segment, const JoinedSound & sound,
                      const VoiceMap & voice, bool aligned);

} // namespace host
