#include "speech_detector.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <new>

#include "fields.hpp"
#include "model_file.hpp"
#include "pcm.hpp"
#include "processor.hpp"
#include "whisper_inside.hpp"

namespace host {

namespace {

// A day: more is a mistake.
constexpr double most_samples = 24.0 * 3600 * WHISPER_SAMPLE_RATE;
// Sixteen seconds: long enough that nothing is lost to bookkeeping, short enough for a cancel.
constexpr int64_t part_samples = 500 * speech_part_samples;

// whisper.cpp sizes its tensors by what the file says: a wrong file must not ask for terabytes.
bool plausible_header(ModelFile & file) {
    constexpr char kind[] = "silero-16k";
    constexpr int  length = sizeof(kind) - 1;
    struct {
        char    magic_and_length[8];
        char    kind[length];
        char    rest[4 * (3 + 2 + 1 + 4 * 3 + 4)];
    } header;
    static_assert(sizeof(header) == 8 + length + 88, "no gaps");
    if (!file.peek(&header, sizeof(header))) return false;
    int32_t kind_length;
    std::memcpy(&kind_length, header.magic_and_length + 4, 4);
    int32_t values[22];
    std::memcpy(values, header.rest, sizeof(values));
    // version ×3, window, context, layers, (in, out, kernel) ×4, LSTM in and hidden, final in and out
    if (kind_length != length || std::memcmp(header.kind, kind, length) != 0) return false;
    if (values[3] != speech_part_samples || values[5] != 4) return false;
    return std::all_of(values + 6, values + 22, [](int32_t value) { return value >= 1 && value <= 1024; });
}

} // namespace

DetectRequest parse_detect(const Json & message) {
    DetectRequest request;
    request.id               = message.at("id");
    request.pcm              = needed_text(message, "pcm");
    request.model            = needed_text(message, "model");
    request.start_sample     = number_field<int64_t>(message, "start_sample", 0, 0, 1e12);
    request.sample_count     = number_field<int64_t>(message, "sample_count", 0, 1, most_samples);
    request.threads          = number_field<int>(message, "threads", 0, 0, most_threads);
    request.threshold        = number_field<float>(message, "threshold", request.threshold, 0.01, 0.99);
    request.least_speech_ms  = number_field<int>(message, "least_speech_ms", request.least_speech_ms, 0, 10'000);
    request.least_silence_ms = number_field<int>(message, "least_silence_ms", request.least_silence_ms, 0, 10'000);
    request.pad_ms           = number_field<int>(message, "pad_ms", request.pad_ms, 0, 2'000);
    if (request.sample_count == 0) throw Failure{code::bad_message, "sample_count is missing"};
    return request;
}

void SpeechDetector::load(const std::string & utf8_path, int threads) {
    if (context_ != nullptr && path_ == utf8_path && threads_ == threads) return;
    context_.reset();
    ModelFile file(utf8_path);
    if (!plausible_header(file)) throw Failure{code::model_invalid, "not a Silero network: " + utf8_path};
    whisper_vad_context_params params = whisper_vad_default_context_params();
    params.n_threads                  = threads;
    whisper_model_loader loader       = file.loader();
    context_.reset(whisper_vad_init_with_params(&loader, params));
    const bool empty = context_ != nullptr && !has_weights(context_.get());
    if (file.cut_short() || empty || (context_ == nullptr && file.at_end())) {
        context_.reset();
        throw Failure{code::model_truncated, "the file ends too early: " + utf8_path};
    }
    if (context_ == nullptr) throw Failure{code::model_invalid, "whisper.cpp refused " + utf8_path};
    path_    = utf8_path;
    threads_ = threads;
}

Json SpeechDetector::detect(const DetectRequest & request, Activity & activity) {
    const auto started = std::chrono::steady_clock::now();
    // The network is so small that threads wait for one another longer than they work.
    load(request.model, request.threads > 0 ? request.threads : 1);

    int64_t    done      = 0;
    const auto next_part = [&] {
        if (activity.cancelled.load()) throw Failure{code::cancelled, "cancelled"};
        activity.work.fetch_add(1);
        const int64_t left = request.sample_count - done;
        if (left == 0) return std::vector<float>();
        const int64_t count = std::min(left, part_samples);
        std::vector<float> part = read_pcm(request.pcm, request.start_sample + done, count);
        const int64_t before = done * 100 / request.sample_count;
        done += count;
        const int64_t percent = done * 100 / request.sample_count;
        if (percent != before) send({{"type", "progress"}, {"id", request.id}, {"percent", percent}});
        return part;
    };
    whisper_vad_params params      = whisper_vad_default_params();
    params.threshold               = request.threshold;
    params.min_speech_duration_ms  = request.least_speech_ms;
    params.min_silence_duration_ms = request.least_silence_ms;
    params.speech_pad_ms           = request.pad_ms;

    struct Free {
        void operator()(whisper_vad_segments * segments) const { whisper_vad_free_segments(segments); }
    };
    const std::unique_ptr<whisper_vad_segments, Free> found(detect_speech_in_parts(context_.get(), params, next_part));
    if (found == nullptr) throw Failure{code::failed, "the speech detector could not be computed"};

    const int64_t offset_ms = request.start_sample * 1000 / WHISPER_SAMPLE_RATE;
    const int64_t length_ms = request.sample_count * 1000 / WHISPER_SAMPLE_RATE;
    Json          spans     = Json::array();
    for (int i = 0; i < whisper_vad_segments_n_segments(found.get()); ++i) {
        // Hundredths of a second.
        const auto start = static_cast<int64_t>(whisper_vad_segments_get_segment_t0(found.get(), i)) * 10;
        const auto end   = static_cast<int64_t>(whisper_vad_segments_get_segment_t1(found.get(), i)) * 10;
        if (start >= length_ms || end <= start) continue;
        spans.push_back({{"start_ms", offset_ms + start}, {"end_ms", offset_ms + std::min(end, length_ms)}});
    }
    const auto spent = std::chrono::steady_clock::now() - started;
    return {
        {"type", "speech"},
        {"id", request.id},
        {"spans", std::move(spans)},
        {"elapsed_ms", std::chrono::duration_cast<std::chrono::milliseconds>(spent).count()},
    };
}

} // namespace host
