#include "parakeet_transcriber.hpp"

#include <algorithm>
#include <chrono>
#include <new>

#include "joints.hpp"
#include "parakeet_inside.hpp"
#include "parakeet_windows.hpp"
#include "parakeet_words.hpp"
#include "pcm.hpp"
#include "processor.hpp"
#include "voice.hpp"

namespace host {

namespace {

// The spectrogram's levels are taken relative to their mean and spread, which a few hops do not have.
constexpr size_t least_samples = PARAKEET_SAMPLE_RATE / 2;

// A segment ends with a sentence, or at a pause of this length.
constexpr int64_t segment_pause_ms = 1'000;

class Transcription {
  public:
    Transcription(ParakeetModel & model, const TranscribeRequest & request, Activity & activity)
        : model_(model), request_(request), activity_(activity), sound_(request.pcm, request.stretches),
          voice_(sound_.samples(), sound_.seams_ms()) {}

    void run() {
        const std::vector<Window> windows = plan_windows(sound_.samples(), sound_.seams_ms());
        std::vector<TimedWord>    words;
        for (size_t i = 0; i < windows.size(); ++i) {
            tell_progress(i, windows.size());
            const std::vector<TimedWord> heard = hear(windows[i]);
            words = i == 0 ? heard : join_words(words, heard, {windows[i].start_ms, windows[i - 1].cut_ms, windows[i - 1].end_ms});
            // The next window hears the last words again.
            const bool    last      = i + 1 == windows.size();
            const int64_t settled   = last ? INT64_MAX : windows[i + 1].start_ms;
            const auto    undecided = std::find_if(words.begin(), words.end(), [&](const TimedWord & word) { return word.end_ms > settled; });
            tell(std::vector<TimedWord>(words.begin(), undecided));
            words.erase(words.begin(), undecided);
        }
        tell_progress(windows.size(), windows.size());
    }

    int segments() const { return segments_; }
    int words() const { return words_; }
    int windows() const { return windows_; }

  private:
    std::vector<TimedWord> hear(const Window & window) {
        constexpr int64_t samples_in_ms = PARAKEET_SAMPLE_RATE / 1000;
        const auto &      all           = sound_.samples();
        const auto        from          = all.begin() + static_cast<std::ptrdiff_t>(window.start_ms * samples_in_ms);
        const auto        to = all.begin() + static_cast<std::ptrdiff_t>(std::min<int64_t>(window.end_ms * samples_in_ms, static_cast<int64_t>(all.size())));
        std::vector<float> samples(from, to);
        if (samples.size() < least_samples) samples.resize(least_samples, 0.0f);

        const int        threads = request_.threads > 0 ? request_.threads : physical_cores();
        parakeet_state * state   = model_.state();
        set_abort_callback(state, note_operation, &activity_);
        std::vector<HeardToken> tokens;
        const bool whole = encode_window(model_.context(), state, samples, threads) &&
                           decode_window(model_.context(), state, threads, [this] { return activity_.cancelled.load(); }, tokens);
        if (!whole) model_.drop_state();
        if (activity_.cancelled.load()) throw Failure{code::cancelled, "cancelled"};
        if (!whole) throw Failure{code::failed, "whisper.cpp could not compute a window"};
        ++windows_;
        std::vector<TimedWord> words = words_of(
            tokens, [this](int32_t id) { return token_text(model_.context(), id); }, window.start_ms);
        // A last token may last longer than the sound.
        for (TimedWord & word : words) {
            word.start_ms = std::min(word.start_ms, window.end_ms);
            word.end_ms   = std::min(word.end_ms, window.end_ms);
        }
        return words;
    }

    void tell_progress(size_t done, size_t of) {
        send({{"type", "progress"}, {"id", request_.id}, {"percent", done * 100 / of}});
    }

    // Sends words whose text is final.
    void tell(std::vector<TimedWord> words) {
        refine_times(words, voice_);
        std::vector<TimedWord> segment;
        for (const TimedWord & word : words) {
            if (!segment.empty() && word.start_ms - segment.back().end_ms >= segment_pause_ms) tell_segment(segment);
            segment.push_back(word);
            const char end = word.text.back();
            if (end == '.' || end == '?' || end == '!') tell_segment(segment);
        }
        if (!segment.empty()) tell_segment(segment);
    }

    void tell_segment(std::vector<TimedWord> & segment) {
        Json        list = Json::array();
        std::string text;
        for (const TimedWord & word : segment) {
            const JoinedSound::Place place = sound_.place(word.start_ms, word.end_ms);
            text += " " + word.text;
            list.push_back({
                {"text", word.text},
                {"start_ms", place.start_ms},
                {"end_ms", place.end_ms},
                {"probability", word.probability},
                {"estimated", word.estimated},
            });
        }
        words_ += static_cast<int>(segment.size());
        send({
            {"type", "segment"},
            {"id", request_.id},
            {"index", segments_++},
            {"start_ms", list.front().at("start_ms").get<int64_t>()},
            {"end_ms", list.back().at("end_ms").get<int64_t>()},
            {"text", text},
            // The network says nothing where nobody speaks.
            {"no_speech_probability", 0.0},
            {"words", std::move(list)},
        });
        segment.clear();
    }

    ParakeetModel &           model_;
    const TranscribeRequest & request_;
    Activity &                activity_;
    JoinedSound               sound_;
    VoiceMap                  voice_;
    int                       segments_ = 0;
    int                       words_    = 0;
    int                       windows_  = 0;
};

const Failure untold{code::unknown_language, "this model does not tell which language it hears: say which one it is"};

// The language of the request, or the only one that the model knows. Throws Failure with unknown-language.
std::string language_for(const ParakeetModel & model, const TranscribeRequest & request) {
    const std::vector<std::string> & known = model.languages();
    if (request.translate) throw Failure{code::unknown_language, "this model does not translate"};
    if (request.language == "auto") {
        if (known.size() > 1) throw untold;
        return known.front();
    }
    if (std::find(known.begin(), known.end(), request.language) == known.end()) {
        throw Failure{code::unknown_language, "this model does not know the language " + request.language};
    }
    return request.language;
}

} // namespace

Json transcribe(ParakeetModel & model, const TranscribeRequest & request, Activity & activity) {
    const auto        started  = std::chrono::steady_clock::now();
    const std::string language = language_for(model, request);
    try {
        Transcription transcription(model, request, activity);
        transcription.run();
        const auto spent = std::chrono::steady_clock::now() - started;
        return {
            {"type", "done"},
            {"id", request.id},
            {"segments", transcription.segments()},
            {"words", transcription.words()},
            {"language", language},
            {"vocabulary_used", 0},
            {"windows", transcription.windows()},
            {"elapsed_ms", std::chrono::duration_cast<std::chrono::milliseconds>(spent).count()},
        };
    } catch (const std::bad_alloc &) {
        model.drop_state();
        throw Failure{code::out_of_memory, "not enough memory for this piece of sound"};
    }
}

Json detect_language(const ParakeetModel & model, const Json & request) {
    const std::vector<Stretch> stretches = parse_stretches(request);
    if (model.languages().size() > 1) throw untold;
    Json places = Json::array();
    for (size_t i = 0; i < stretches.size(); ++i) places.push_back({{"language", "en"}, {"probability", 1.0}});
    return {{"type", "language"}, {"id", request.at("id")}, {"language", "en"}, {"probability", 1.0}, {"places", places}};
}

} // namespace host
