#include "transcriber.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <new>

#include "pcm.hpp"
#include "processor.hpp"
#include "voice.hpp"
#include "whisper_with_abort.hpp"
#include "words.hpp"

namespace host {

namespace {

// Eight hours: more is a mistake, and the samples have to fit in memory.
constexpr int64_t most_samples = 8LL * 3600 * WHISPER_SAMPLE_RATE;
constexpr int     most_threads = 256;

struct StateDeleter {
    void operator()(whisper_state * state) const { whisper_free_state(state); }
};

struct Run {
    const TranscribeRequest & request;
    const VoiceMap &          voice;
    int64_t                   offset_ms;
    int64_t                   length_ms;
    int                       segments = 0;
    int                       words    = 0;

    // Times of the model may point past the sound that it was given; nothing was said there.
    int64_t place(int64_t ms) const { return offset_ms + std::clamp<int64_t>(ms, 0, length_ms); }
};

void send_segment(whisper_context * context, whisper_state * state, int index, Run & run) {
    const int64_t start_ms = whisper_full_get_segment_t0_from_state(state, index) * 10;
    const int64_t end_ms   = whisper_full_get_segment_t1_from_state(state, index) * 10;
    const std::vector<HeardWord> heard = words_of(context, state, index);
    std::vector<std::string>     texts;
    for (const HeardWord & word : heard) texts.push_back(word.text);
    const std::vector<Span> spans = run.voice.lay_out(texts, start_ms, end_ms);

    Json words = Json::array();
    for (size_t i = 0; i < heard.size(); ++i) {
        words.push_back({
            {"text", heard[i].text},
            {"start_ms", run.place(spans[i].start_ms)},
            {"end_ms", run.place(spans[i].end_ms)},
            {"probability", heard[i].probability},
        });
    }
    run.words += static_cast<int>(words.size());
    send({
        {"type", "segment"},
        {"id", run.request.id},
        {"index", run.segments++},
        {"start_ms", run.place(start_ms)},
        {"end_ms", run.place(end_ms)},
        {"text", whisper_full_get_segment_text_from_state(state, index)},
        {"no_speech_probability", whisper_full_get_segment_no_speech_prob_from_state(state, index)},
        {"words", std::move(words)},
    });
}

whisper_full_params parameters(const TranscribeRequest & request, int prompt_tokens) {
    const bool beam = request.beam_size > 1;
    whisper_full_params params =
        whisper_full_default_params(beam ? WHISPER_SAMPLING_BEAM_SEARCH : WHISPER_SAMPLING_GREEDY);
    params.n_threads             = request.threads > 0 ? request.threads : physical_cores();
    params.greedy.best_of        = request.best_of;
    params.beam_search.beam_size = request.beam_size;
    params.language              = request.language.c_str();
    params.translate             = request.translate;
    // Word times come from VoiceMap: whisper.cpp 1.9.1 compares a segment's tokens with the energy at the start of
    // the sound instead of the segment's, so its token times jump.
    params.token_timestamps      = false;
    params.temperature           = request.temperature;
    params.temperature_inc       = request.temperature_increment;
    params.entropy_thold         = request.entropy_threshold;
    params.logprob_thold         = request.logprob_threshold;
    params.no_speech_thold       = request.no_speech_threshold;
    params.suppress_nst          = request.suppress_non_speech;
    params.print_progress        = false;
    params.print_realtime        = false;
    params.print_timestamps      = false;
    params.print_special         = false;
    // No text is carried from window to window: a loop would feed itself (reference: peers.md, rows 13 and 14). The
    // prompt alone goes to every window, and the room for context is exactly as large as it.
    params.no_context           = true;
    params.carry_initial_prompt = prompt_tokens > 0;
    params.initial_prompt       = prompt_tokens > 0 ? request.prompt.c_str() : nullptr;
    params.n_max_text_ctx       = prompt_tokens > 0 ? prompt_tokens + 1 : 0;
    return params;
}

template <typename T>
T field(const Json & message, const char * name, T fallback, double least, double most) {
    if (!message.contains(name)) return fallback;
    const Json & value = message.at(name);
    if (!value.is_number()) throw Failure{code::bad_message, std::string(name) + " must be a number"};
    const double number = value.get<double>();
    if (!(number >= least && number <= most)) throw Failure{code::bad_message, std::string(name) + " is out of range"};
    return static_cast<T>(number);
}

bool flag(const Json & message, const char * name, bool fallback) {
    if (!message.contains(name)) return fallback;
    if (!message.at(name).is_boolean()) throw Failure{code::bad_message, std::string(name) + " must be true or false"};
    return message.at(name).get<bool>();
}

std::string text(const Json & message, const char * name, const std::string & fallback) {
    if (!message.contains(name)) return fallback;
    if (!message.at(name).is_string()) throw Failure{code::bad_message, std::string(name) + " must be a string"};
    return message.at(name).get<std::string>();
}

} // namespace

TranscribeRequest parse_transcribe(const Json & message) {
    TranscribeRequest request;
    request.id           = message.at("id");
    request.pcm          = text(message, "pcm", "");
    request.start_sample = field<int64_t>(message, "start_sample", 0, 0, 1e12);
    request.sample_count = field<int64_t>(message, "sample_count", 0, 1, static_cast<double>(most_samples));
    request.language     = text(message, "language", request.language);
    request.prompt       = text(message, "prompt", "");
    request.threads      = field<int>(message, "threads", 0, 0, most_threads);
    request.beam_size    = field<int>(message, "beam_size", request.beam_size, 1, 8);
    request.best_of      = field<int>(message, "best_of", request.best_of, 1, 8);
    request.temperature  = field<float>(message, "temperature", request.temperature, 0, 1);
    request.temperature_increment =
        field<float>(message, "temperature_increment", request.temperature_increment, 0, 1);
    request.entropy_threshold   = field<float>(message, "entropy_threshold", request.entropy_threshold, 0, 100);
    request.logprob_threshold   = field<float>(message, "logprob_threshold", request.logprob_threshold, -100, 0);
    request.no_speech_threshold = field<float>(message, "no_speech_threshold", request.no_speech_threshold, 0, 1);
    request.suppress_non_speech = flag(message, "suppress_non_speech", request.suppress_non_speech);
    request.translate           = flag(message, "translate", request.translate);
    if (request.pcm.empty()) throw Failure{code::bad_message, "pcm is missing"};
    if (request.sample_count == 0) throw Failure{code::bad_message, "sample_count is missing"};
    return request;
}

Json transcribe(whisper_context * context, const TranscribeRequest & request, Activity & activity) {
    const auto started = std::chrono::steady_clock::now();
    const bool automatic = request.language == "auto";
    if (!automatic && whisper_lang_id(request.language.c_str()) < 0) {
        throw Failure{code::unknown_language, "no such language: " + request.language};
    }
    if (!whisper_is_multilingual(context) && request.language != "en" && !automatic) {
        throw Failure{code::unknown_language, "this model knows English only"};
    }
    try {
        const std::vector<float> samples = read_pcm(request.pcm, request.start_sample, request.sample_count);

        // A state of its own for every request: the same range then gives the same words whatever ran before, so a
        // resumed transcription equals an undisturbed one.
        const std::unique_ptr<whisper_state, StateDeleter> state(whisper_init_state(context));
        if (state == nullptr) throw Failure{code::out_of_memory, "no memory for the model's working state"};

        const VoiceMap voice(samples);
        Run            run{request, voice, request.start_sample * 1000 / WHISPER_SAMPLE_RATE,
                       request.sample_count * 1000 / WHISPER_SAMPLE_RATE};

        const int half_context  = whisper_n_text_ctx(context) / 2 - 1;
        const int prompt_tokens = request.prompt.empty()
            ? 0
            : std::min(half_context, whisper_token_count(context, request.prompt.c_str()));
        whisper_full_params params = parameters(request, prompt_tokens);
        // English-only models have nothing to detect.
        if (automatic && !whisper_is_multilingual(context)) params.language = "en";

        const auto abort = [](void * data) {
            Activity & seen = *static_cast<Activity *>(data);
            seen.work.fetch_add(1, std::memory_order_relaxed);
            return seen.cancelled.load(std::memory_order_relaxed);
        };
        set_abort_callback(state.get(), abort, &activity);
        params.abort_callback           = abort;
        params.abort_callback_user_data = &activity;

        params.new_segment_callback = [](whisper_context * ctx, whisper_state * st, int fresh, void * data) {
            const int count = whisper_full_n_segments_from_state(st);
            for (int i = count - fresh; i < count; ++i) send_segment(ctx, st, i, *static_cast<Run *>(data));
        };
        params.new_segment_callback_user_data = &run;
        params.progress_callback = [](whisper_context *, whisper_state *, int percent, void * data) {
            const Run & seen = *static_cast<Run *>(data);
            send({{"type", "progress"}, {"id", seen.request.id}, {"percent", std::clamp(percent, 0, 100)}});
        };
        params.progress_callback_user_data = &run;

        const int result = whisper_full_with_state(context, state.get(), params, samples.data(),
                                                   static_cast<int>(samples.size()));
        if (activity.cancelled.load()) throw Failure{code::cancelled, "cancelled"};
        if (result != 0) throw Failure{code::failed, "whisper.cpp returned " + std::to_string(result)};

        const char * language = whisper_lang_str(whisper_full_lang_id_from_state(state.get()));
        const auto   spent    = std::chrono::steady_clock::now() - started;
        return {
            {"type", "done"},
            {"id", request.id},
            {"segments", run.segments},
            {"words", run.words},
            {"language", language == nullptr ? "" : language},
            {"elapsed_ms", std::chrono::duration_cast<std::chrono::milliseconds>(spent).count()},
        };
    } catch (const std::bad_alloc &) {
        throw Failure{code::out_of_memory, "not enough memory for this piece of sound"};
    }
}

} // namespace host
