#include "measure.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <new>
#include <random>
#include <vector>

#include "fields.hpp"
#include "greedy.hpp"
#include "processor.hpp"
#include "transcriber.hpp"

namespace host {

namespace {

constexpr int most_windows = 16;
constexpr int most_tokens  = 200;

// Something like a voice: a buzz of changing pitch that comes and goes, in noise. Always the same.
std::vector<float> synthetic_sound() {
    constexpr double   pi = 3.14159265358979323846;
    std::mt19937       random(0);
    std::vector<float> samples(size_t(30) * WHISPER_SAMPLE_RATE);
    double             phase = 0;
    for (size_t i = 0; i < samples.size(); ++i) {
        const double seconds = static_cast<double>(i) / WHISPER_SAMPLE_RATE;
        phase += 2 * pi * (120 + 30 * std::sin(2 * pi * 0.7 * seconds)) / WHISPER_SAMPLE_RATE;
        const double loud  = std::max(0.0, std::sin(2 * pi * 2 * seconds));
        const double noise = static_cast<double>(random()) / std::mt19937::max() - 0.5;
        samples[i] = static_cast<float>(0.2 * loud * (std::sin(phase) + 0.5 * std::sin(3 * phase)) + 0.01 * noise);
    }
    return samples;
}

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point started) {
    return std::chrono::duration<double, std::milli>(Clock::now() - started).count();
}

// A computation that did not come to its end.
[[noreturn]] void stopped(const Activity & activity) {
    if (activity.cancelled.load()) throw Failure{code::cancelled, "cancelled"};
    throw Failure{code::failed, "the model could not be computed"};
}

} // namespace

Json measure(Model & model, const Json & request, Activity & activity) {
    const int asked   = number_field<int>(request, "threads", 0, 0, most_threads);
    const int windows = number_field<int>(request, "windows", 1, 1, most_windows);
    const int tokens  = number_field<int>(request, "tokens", 32, 1, most_tokens);
    const int threads = asked > 0 ? asked : physical_cores();
    try {
        whisper_context * context = model.context();
        whisper_state *   state   = model.fresh_state();
        DecoderSlots &    decoder = model.slots(most_windows);
        follow(state, activity);
        const TokenRules         rules(context);
        const std::vector<float> sound = synthetic_sound();
        const int                steps = std::min(tokens, rules.most_tokens);
        // Milliseconds of one token, with so many windows at once. Nothing depends on which words they are.
        const auto token_time = [&](int count) {
            const auto                       used = static_cast<size_t>(count);
            const std::vector<whisper_token> written(used, whisper_token_sot(context));
            const auto                       started = Clock::now();
            for (int step = 0; step < steps; ++step) {
                float * rows = decoder.decode(0, count, written, std::vector<int>(used, step), threads);
                if (rows == nullptr || activity.cancelled.load()) stopped(activity);
                for (size_t slot = 0; slot < used; ++slot) {
                    pick_token(rules, Writing(), rows + slot * static_cast<size_t>(rules.vocabulary));
                }
            }
            return ms_since(started) / (steps * count);
        };

        double window_ms = std::numeric_limits<double>::max();
        double token_ms  = std::numeric_limits<double>::max();
        double shared_ms = std::numeric_limits<double>::max();
        for (int window = 0; window < windows; ++window) {
            const auto started = Clock::now();
            const auto samples = static_cast<int>(sound.size());
            if (whisper_pcm_to_mel_with_state(context, state, sound.data(), samples, threads) != 0) stopped(activity);
            if (!decoder.encode(window % decoder.count(), 0, threads) || activity.cancelled.load()) stopped(activity);
            // The fastest counts: whatever else runs on a machine can only make it slower.
            window_ms = std::min(window_ms, ms_since(started));
            token_ms  = std::min(token_ms, token_time(1));
            shared_ms = std::min(shared_ms, token_time(decoder.count()));
        }
        return {
            {"type", "measured"},
            {"id", request.at("id")},
            {"window_ms", window_ms},
            {"token_ms", token_ms},
            {"shared_token_ms", shared_ms},
            {"windows", windows},
            {"tokens", steps},
            {"at_once", decoder.count()},
        };
    } catch (const std::bad_alloc &) {
        throw Failure{code::out_of_memory, "not enough memory to measure"};
    }
}

} // namespace host
