#include "language.hpp"

#include <algorithm>
#include <vector>

#include "fields.hpp"
#include "pcm.hpp"
#include "processor.hpp"
#include "transcriber.hpp"

namespace host {

// The network listens to no more than one window.
static constexpr int64_t window_samples = 30 * WHISPER_SAMPLE_RATE;

Json detect_language(Model & model, const Json & request, Activity & activity) {
    const std::string          pcm       = needed_text(request, "pcm");
    const std::vector<Stretch> stretches = parse_stretches(request);
    const int asked   = number_field<int>(request, "threads", 0, 0, most_threads);
    const int threads = asked > 0 ? asked : physical_cores();

    Json places = Json::array();
    if (!whisper_is_multilingual(model.context())) {
        for (size_t i = 0; i < stretches.size(); ++i) places.push_back({{"language", "en"}, {"probability", 1.0}});
        return {{"type", "language"}, {"id", request.at("id")}, {"language", "en"}, {"probability", 1.0}, {"places", places}};
    }
    whisper_state * state = model.fresh_state();
    follow(state, activity);
    const int          count = whisper_lang_max_id() + 1;
    std::vector<float> sums(static_cast<size_t>(count), 0.0f);
    for (const Stretch & stretch : stretches) {
        const std::vector<float> samples = read_pcm(pcm, stretch.start, std::min(stretch.count, window_samples));
        std::vector<float>       probabilities(static_cast<size_t>(count), 0.0f);
        const bool               heard = whisper_pcm_to_mel_with_state(model.context(), state, samples.data(),
                                                                       static_cast<int>(samples.size()), threads) == 0;
        const int id = heard ? whisper_lang_auto_detect_with_state(model.context(), state, 0, threads,
                                                                   probabilities.data())
                             : -1;
        if (id < 0) model.drop_state();
        if (activity.cancelled.load()) throw Failure{code::cancelled, "cancelled"};
        if (id < 0) throw Failure{code::failed, "the language could not be detected"};
        for (size_t i = 0; i < sums.size(); ++i) sums[i] += probabilities[i];
        places.push_back({{"language", whisper_lang_str(id)}, {"probability", probabilities[static_cast<size_t>(id)]}});
    }
    // The surest over all places together: one place may be a song, or a guest who speaks another language.
    const auto best = std::max_element(sums.begin(), sums.end());
    return {
        {"type", "language"},
        {"id", request.at("id")},
        {"language", whisper_lang_str(static_cast<int>(best - sums.begin()))},
        {"probability", *best / static_cast<float>(stretches.size())},
        {"places", std::move(places)},
    };
}

} // namespace host
