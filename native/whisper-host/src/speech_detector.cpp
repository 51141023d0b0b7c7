#include "speech_detector.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "fields.hpp"
#include "pcm.hpp"
#include "processor.hpp"

namespace host {

namespace {

constexpr int sample_rate = 16'000;
// A day: more is a mistake.
constexpr double most_samples = 24.0 * 3600 * sample_rate;
// Sixteen seconds: long enough that nothing is lost to bookkeeping, short enough for a cancel.
constexpr int64_t part_samples = 500 * SileroNetwork::window_samples;

// The network knows voices near a microphone. A part of the sound whose loudest fifth of a second is softer than this,
// −24 dB below full scale, is made as loud; never by more than 40 dB.
constexpr float  near_voice    = 0.063f;
constexpr float  most_gain     = 100.0f;
constexpr size_t level_samples = 320;
constexpr size_t loud_levels   = 10;

void raise(std::vector<float> & samples) {
    std::vector<float> levels;
    for (size_t at = 0; at < samples.size(); at += level_samples) {
        const size_t end = std::min(samples.size(), at + level_samples);
        float        sum = 0;
        for (size_t i = at; i < end; ++i) sum += samples[i] * samples[i];
        levels.push_back(std::sqrt(sum / static_cast<float>(end - at)));
    }
    const size_t nth = std::min(loud_levels, levels.size()) - 1;
    std::nth_element(levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(nth), levels.end(), std::greater<>());
    const float loud = levels[nth];
    if (loud <= 0 || loud >= near_voice) return;
    const float gain = std::min(most_gain, near_voice / loud);
    // What is louder than the rest, a click, stays within full scale.
    for (float & sample : samples) sample = std::clamp(sample * gain, -1.0f, 1.0f);
}

Json in_thousandths(const std::vector<float> & probabilities) {
    Json values = Json::array();
    for (const float probability : probabilities) values.push_back(static_cast<int>(std::lround(probability * 1000)));
    return values;
}

} // namespace

DetectRequest parse_detect(const Json & message) {
    DetectRequest request;
    request.id           = message.at("id");
    request.pcm          = needed_text(message, "pcm");
    request.model        = needed_text(message, "model");
    request.start_sample = number_field<int64_t>(message, "start_sample", 0, 0, 1e12);
    request.sample_count = number_field<int64_t>(message, "sample_count", 0, 1, most_samples);
    request.threads      = number_field<int>(message, "threads", 0, 0, most_threads);
    if (request.sample_count == 0) throw Failure{code::bad_message, "sample_count is missing"};
    return request;
}

void SpeechDetector::load(const std::string & utf8_path, int threads) {
    if (network_ != nullptr && path_ == utf8_path && threads_ == threads) return;
    network_.reset();
    network_ = std::make_unique<SileroNetwork>(utf8_path, threads);
    path_    = utf8_path;
    threads_ = threads;
}

Json SpeechDetector::detect(const DetectRequest & request, Activity & activity) {
    const auto started = std::chrono::steady_clock::now();
    // The network is so small that threads wait for one another longer than they work.
    load(request.model, request.threads > 0 ? request.threads : 1);
    network_->forget();
    for (int64_t done = 0; done < request.sample_count;) {
        if (activity.cancelled.load()) throw Failure{code::cancelled, "cancelled"};
        activity.work.fetch_add(1);
        const int64_t count = std::min(request.sample_count - done, part_samples);
        std::vector<float> part = read_pcm(request.pcm, request.start_sample + done, count);
        raise(part);
        send({
            {"type", "probabilities"},
            {"id", request.id},
            {"values", in_thousandths(network_->probabilities(part))},
        });
        const int64_t before = done * 100 / request.sample_count;
        done += count;
        const int64_t percent = done * 100 / request.sample_count;
        if (percent != before) send({{"type", "progress"}, {"id", request.id}, {"percent", percent}});
    }
    const auto spent = std::chrono::steady_clock::now() - started;
    return {
        {"type", "speech"},
        {"id", request.id},
        {"window_ms", SileroNetwork::window_samples * 1000 / sample_rate},
        {"elapsed_ms", std::chrono::duration_cast<std::chrono::milliseconds>(spent).count()},
    };
}

} // namespace host
