#include "segments.hpp"

#include <algorithm>
#include <string>

#include "words.hpp"

namespace host {

std::vector<SegmentTokens> split_segments(whisper_context * context, const std::vector<whisper_token_data> & tokens,
                                          int64_t seek, int64_t end, float no_speech) {
    std::vector<SegmentTokens> segments;
    if (tokens.empty()) return segments;
    const whisper_token first_time = whisper_token_beg(context);
    const auto          time       = [&](const whisper_token_data & token) { return seek + 2 * (token.tid - first_time); };
    SegmentTokens       open{time(tokens.front()), end, no_speech, {}};
    for (const whisper_token_data & token : tokens) {
        if (token.id < whisper_token_eot(context)) {
            open.tokens.push_back(token);
        } else if (token.id >= first_time) {
            const int64_t at = time(token);
            if (!open.tokens.empty()) {
                open.end = at;
                segments.push_back(open);
                open.tokens.clear();
            }
            open.start = at;
        }
    }
    if (!open.tokens.empty()) {
        open.end = std::max(open.start, end);
        segments.push_back(open);
    }
    return segments;
}

void move_to_pauses(std::vector<SegmentTokens> & segments, const VoiceMap & voice) {
    // Farther away, it is another pause than the one that the model means.
    constexpr int64_t reach_ms = 400;
    for (size_t i = 0; i < segments.size(); ++i) {
        const Span pause = voice.pause_near(segments[i].end * 10, reach_ms);
        // Segments with a pause of their own between them keep their beginning.
        const bool follows = i + 1 < segments.size() && segments[i + 1].start - segments[i].end < 10;
        if (pause.start_ms / 10 <= segments[i].start) continue;
        segments[i].end = pause.start_ms / 10;
        if (follows && pause.end_ms / 10 < segments[i + 1].end) {
            segments[i + 1].start = std::max<int64_t>(segments[i].end, pause.end_ms / 10);
        }
    }
}

Json describe_segment(whisper_context * context, const SegmentTokens & segment, const JoinedSound & sound,
                      const VoiceMap & voice, bool aligned) {
    const int64_t                start_ms = segment.start * 10;
    const int64_t                end_ms   = segment.end * 10;
    const std::vector<HeardWord> heard    = find_words(context, segment.tokens);
    std::vector<WordSpan>        spans;
    if (aligned) {
        std::vector<int64_t> starts;
        for (const HeardWord & word : heard) starts.push_back(word.aligned_ms);
        spans = voice.align(starts, start_ms, end_ms);
    } else {
        std::vector<std::string> texts;
        for (const HeardWord & word : heard) texts.push_back(word.text);
        spans = voice.lay_out(texts, start_ms, end_ms);
    }
    std::string text;
    for (const whisper_token_data & token : segment.tokens) {
        if (token.id < whisper_token_eot(context)) text += whisper_token_to_str(context, token.id);
    }
    Json words = Json::array();
    for (size_t i = 0; i < heard.size(); ++i) {
        const JoinedSound::Place place = sound.place(spans[i].start_ms, spans[i].end_ms);
        words.push_back({
            {"text", heard[i].text},
            {"start_ms", place.start_ms},
            {"end_ms", place.end_ms},
            {"probability", heard[i].probability},
            {"estimated", spans[i].estimated},
        });
    }
    const JoinedSound::Place first = sound.place(start_ms, start_ms);
    const JoinedSound::Place last  = sound.place(end_ms, end_ms);
    return {
        {"start_ms", words.empty() ? first.start_ms : words.front().at("start_ms").get<int64_t>()},
        {"end_ms", words.empty() ? std::max(first.start_ms, last.end_ms) : words.back().at("end_ms").get<int64_t>()},
        {"text", text},
        {"no_speech_probability", segment.no_speech},
        {"words", std::move(words)},
    };
}

} // namespace host
