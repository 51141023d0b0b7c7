#include "transcriber.hpp"

#include <algorithm>
#include <chrono>
#include <new>

#include "fields.hpp"
#include "processor.hpp"
#include "segments.hpp"
#include "voice.hpp"
#include "whisper_inside.hpp"

namespace host {

namespace {

// Eight hours: more is a mistake, and the samples have to fit in memory.
constexpr int64_t most_samples    = 8LL * 3600 * WHISPER_SAMPLE_RATE;
constexpr size_t  most_stretches  = 10'000;
constexpr size_t  most_vocabulary = 10'000;

struct Run {
    const TranscribeRequest & request;
    const Model &             model;
    const JoinedSound &       sound;
    const VoiceMap &          voice;
    int                       segments = 0;
    int                       words    = 0;
};

void send_segment(whisper_context * context, whisper_state * state, int index, Run & run) {
    SegmentTokens segment{
        whisper_full_get_segment_t0_from_state(state, index),
        whisper_full_get_segment_t1_from_state(state, index),
        whisper_full_get_segment_no_speech_prob_from_state(state, index),
        {},
    };
    for (int i = 0; i < whisper_full_n_tokens_from_state(state, index); ++i) {
        segment.tokens.push_back(whisper_full_get_token_data_from_state(state, index, i));
    }
    Json message = describe_segment(context, segment, run.sound, run.voice, run.model.has_alignment());
    run.words += static_cast<int>(message.at("words").size());
    message["type"]  = "segment";
    message["id"]    = run.request.id;
    message["index"] = run.segments++;
    send(message);
}

// The prompt with as much of the vocabulary as fits: whisper.cpp keeps the last tokens of one that is too long. What
// is most useful stands last, nearest to the speech. Tokens end where words do, so each term is counted by itself.
std::string prompt_of(whisper_context * context, const TranscribeRequest & request, int most_tokens, int & used) {
    const std::string rest  = request.prompt.empty() ? "" : " " + request.prompt;
    const auto        count = [&](const std::string & text) { return whisper_token_count(context, text.c_str()); };
    int               left  = most_tokens - count("Glossary:" + rest);
    std::string       listed;
    used = 0;
    for (const std::string & term : request.vocabulary) {
        left -= count(" " + term + ",");
        if (left < 0) break;
        listed = listed.empty() ? term : term + ", " + listed;
        ++used;
    }
    return used == 0 ? request.prompt : "Glossary: " + listed + "." + rest;
}

whisper_full_params parameters(const TranscribeRequest & request, const std::string & prompt, int prompt_tokens) {
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
    // No text is carried from window to window: a loop would feed itself (native/README.md, "Context between windows"). The
    // prompt alone goes to every window, and the room for context is exactly as large as it.
    params.no_context           = true;
    params.carry_initial_prompt = prompt_tokens > 0;
    params.initial_prompt       = prompt_tokens > 0 ? prompt.c_str() : nullptr;
    params.n_max_text_ctx       = prompt_tokens > 0 ? prompt_tokens + 1 : 0;
    return params;
}

} // namespace

std::vector<std::string> parse_vocabulary(const Json & message, const char * name) {
    std::vector<std::string> terms;
    if (!message.contains(name)) return terms;
    const Json & list = message.at(name);
    const bool   good = list.is_array() && list.size() <= most_vocabulary &&
                      std::all_of(list.begin(), list.end(), [](const Json & term) { return term.is_string(); });
    if (!good) throw Failure{code::bad_message, std::string(name) + " must be a list of texts"};
    for (const Json & term : list) terms.push_back(term.get<std::string>());
    return terms;
}

void require_language(const whisper_context * context, const std::string & language, bool translate) {
    const bool automatic = language == "auto";
    if (!automatic && whisper_lang_id(language.c_str()) < 0) {
        throw Failure{code::unknown_language, "no such language: " + language};
    }
    // whisper.cpp does not change what it is asked about, and does not say so.
    const bool multilingual = whisper_is_multilingual(const_cast<whisper_context *>(context)) != 0;
    if (!multilingual && ((language != "en" && !automatic) || translate)) {
        throw Failure{code::unknown_language, "this model knows English only"};
    }
}

std::vector<Stretch> parse_stretches(const Json & message) {
    const Failure wrong{code::bad_message, "stretches must be a list of [start_sample, sample_count], in order"};
    if (!message.contains("stretches") || !message.at("stretches").is_array()) throw wrong;
    const Json & list = message.at("stretches");
    if (list.empty() || list.size() > most_stretches) throw wrong;
    std::vector<Stretch> stretches;
    int64_t              end   = 0;
    int64_t              total = 0;
    for (const Json & pair : list) {
        if (!pair.is_array() || pair.size() != 2) throw wrong;
        if (!pair[0].is_number_integer() || !pair[1].is_number_integer()) throw wrong;
        const Stretch stretch{pair[0].get<int64_t>(), pair[1].get<int64_t>()};
        if (stretch.start < end || stretch.start > 1'000'000'000'000 || stretch.count < 1) throw wrong;
        if (stretch.count > most_samples || (total += stretch.count) > most_samples) throw wrong;
        end = stretch.start + stretch.count;
        stretches.push_back(stretch);
    }
    return stretches;
}

TranscribeRequest parse_transcribe(const Json & message) {
    TranscribeRequest request;
    request.id          = message.at("id");
    request.pcm         = needed_text(message, "pcm");
    request.stretches   = parse_stretches(message);
    request.language    = text_field(message, "language", request.language);
    request.prompt      = text_field(message, "prompt", "");
    request.vocabulary  = parse_vocabulary(message, "vocabulary");
    request.threads     = number_field<int>(message, "threads", 0, 0, most_threads);
    request.beam_size   = number_field<int>(message, "beam_size", request.beam_size, 1, 8);
    request.best_of     = number_field<int>(message, "best_of", request.best_of, 1, 8);
    request.temperature = number_field<float>(message, "temperature", request.temperature, 0, 1);
    request.temperature_increment =
        number_field<float>(message, "temperature_increment", request.temperature_increment, 0, 1);
    request.entropy_threshold   = number_field<float>(message, "entropy_threshold", request.entropy_threshold, 0, 100);
    request.logprob_threshold   = number_field<float>(message, "logprob_threshold", request.logprob_threshold, -100, 0);
    request.no_speech_threshold = number_field<float>(message, "no_speech_threshold", request.no_speech_threshold, 0, 1);
    request.suppress_non_speech = flag_field(message, "suppress_non_speech", request.suppress_non_speech);
    request.translate           = flag_field(message, "translate", request.translate);
    return request;
}

void follow(whisper_state * state, Activity & activity) {
    set_abort_callback(state, note_operation, &activity);
}

Json transcribe(Model & model, const TranscribeRequest & request, Activity & activity) {
    const auto        started   = std::chrono::steady_clock::now();
    whisper_context * context   = model.context();
    const bool        automatic = request.language == "auto";
    require_language(context, request.language, request.translate);
    try {
        const JoinedSound sound(request.pcm, request.stretches);
        whisper_state *   state = model.fresh_state();
        const VoiceMap    voice(sound.samples(), sound.seams_ms());
        Run               run{request, model, sound, voice};

        const int         half_context = whisper_n_text_ctx(context) / 2 - 1;
        int               vocabulary_used;
        const std::string prompt        = prompt_of(context, request, half_context, vocabulary_used);
        const int         prompt_tokens = prompt.empty() ? 0 : std::min(half_context, whisper_token_count(context, prompt.c_str()));
        whisper_full_params params = parameters(request, prompt, prompt_tokens);
        // English-only models have nothing to detect.
        if (automatic && !whisper_is_multilingual(context)) params.language = "en";

        follow(state, activity);
        params.abort_callback           = note_operation;
        params.abort_callback_user_data = &activity;

        // With alignment, whisper.cpp 1.9 calls back for the first window only: its loop ends too early.
        if (!model.has_alignment()) {
            params.new_segment_callback = [](whisper_context * ctx, whisper_state * st, int fresh, void * data) {
                const int count = whisper_full_n_segments_from_state(st);
                for (int i = count - fresh; i < count; ++i) send_segment(ctx, st, i, *static_cast<Run *>(data));
            };
            params.new_segment_callback_user_data = &run;
        }
        params.progress_callback = [](whisper_context *, whisper_state *, int percent, void * data) {
            const Run & seen = *static_cast<Run *>(data);
            send({{"type", "progress"}, {"id", seen.request.id}, {"percent", std::clamp(percent, 0, 100)}});
        };
        params.progress_callback_user_data = &run;

        const auto length_ms = static_cast<int64_t>(sound.samples().size()) * 1000 / WHISPER_SAMPLE_RATE;
        // Alignment looks no further than the duration, so there it has to be all of it.
        if (!model.has_alignment() && length_ms > 4 * quiet_end_ms) {
            params.duration_ms = static_cast<int>(length_ms - quiet_end_ms);
        }
        const int windows_before = encoder_runs(state);
        const int result = whisper_full_with_state(context, state, params, sound.samples().data(),
                                                   static_cast<int>(sound.samples().size()));
        if (result != 0) model.drop_state();
        if (activity.cancelled.load()) throw Failure{code::cancelled, "cancelled"};
        if (result != 0) throw Failure{code::failed, "whisper.cpp returned " + std::to_string(result)};
        if (model.has_alignment()) {
            for (int i = 0; i < whisper_full_n_segments_from_state(state); ++i) send_segment(context, state, i, run);
        }

        const char * language = whisper_lang_str(whisper_full_lang_id_from_state(state));
        const auto   spent    = std::chrono::steady_clock::now() - started;
        return {
            {"type", "done"},
            {"id", request.id},
            {"segments", run.segments},
            {"words", run.words},
            {"language", language == nullptr ? "" : language},
            {"vocabulary_used", vocabulary_used},
            {"windows", encoder_runs(state) - windows_before},
            {"elapsed_ms", std::chrono::duration_cast<std::chrono::milliseconds>(spent).count()},
        };
    } catch (const std::bad_alloc &) {
        throw Failure{code::out_of_memory, "not enough memory for this piece of sound"};
    }
}

} // namespace host
