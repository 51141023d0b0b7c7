#include "windows.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <map>
#include <memory>
#include <new>

#include "fields.hpp"
#include "greedy.hpp"
#include "names.hpp"
#include "processor.hpp"
#include "segments.hpp"
#include "transcriber.hpp"
#include "voice.hpp"
#include "whisper_inside.hpp"

namespace host {

namespace {

constexpr size_t most_windows = 256;
// When a window counts as failed or silent, as whisper.cpp has it.
constexpr double least_log_probability = -1.0;
constexpr double most_no_speech        = 0.6;
constexpr double least_entropy         = 2.4;
constexpr size_t entropy_tokens        = 32;
// Voice that is worth going on for, in milliseconds; and how likely the words have to be, on the mean.
constexpr int64_t least_voice_ms          = 250;
constexpr double  least_urged_probability = -0.8;

// The sound of a window, and what is known of it.
struct Heard {
    JoinedSound sound;
    VoiceMap    voice;
    int         length;
    // Segments of each time that the encoder listened, by where it began.
    std::map<int, std::vector<SegmentTokens>> segments;
    int         open     = 1;
    int         names    = 0;
    double      log_probability = 0;
    size_t      tokens    = 0;
    float       no_speech = 0;
    bool        failed    = false;
    std::string language;

    Heard(const std::string & pcm, const std::vector<Stretch> & stretches)
        : sound(pcm, stretches),
          voice(sound.samples(), sound.seams_ms()),
          length(static_cast<int>(sound.samples().size()) * 100 / WHISPER_SAMPLE_RATE) {}

    // Where nothing is worth listening to any more.
    int end() const {
        const int quiet = static_cast<int>(quiet_end_ms / 10);
        return length > 4 * quiet ? length - quiet : length;
    }
};

// What the encoder is to listen to: a window from a point on.
struct Item {
    size_t window;
    int    seek;
};

struct Slot {
    Item                          item{0, 0};
    bool                          busy = false;
    Writing                       writing;
    std::vector<whisper_token>    prompt;
    std::vector<std::vector<int>> beginnings;
    float                         no_speech = 0;
};

double entropy_of(const std::vector<whisper_token_data> & tokens) {
    const size_t               from = tokens.size() > entropy_tokens ? tokens.size() - entropy_tokens : 0;
    std::map<whisper_token, int> counts;
    for (size_t i = from; i < tokens.size(); ++i) ++counts[tokens[i].id];
    double entropy = 0;
    for (const auto & [id, count] : counts) {
        const double share = count / static_cast<double>(tokens.size() - from);
        entropy -= share * std::log(share);
    }
    return entropy;
}

class Windows {
  public:
    Windows(Model & model, const WindowsRequest & request, Activity & activity)
        : request_(request),
          activity_(activity),
          context_(model.context()),
          state_(model.fresh_state()),
          decoder_(model.slots(static_cast<int>(request.windows.size()))),
          rules_(context_),
          names_(context_, request.names),
          threads_(request.threads > 0 ? request.threads : physical_cores()),
          slots_(static_cast<size_t>(decoder_.count())) {
        follow(state_, activity);
        for (size_t i = 0; i < request.windows.size(); ++i) items_.push_back({i, 0});
        if (!request.prompt.empty()) {
            prompt_.push_back(whisper_token_prev(context_));
            std::vector<whisper_token> text(request.prompt.size() + 2);
            const int count = whisper_tokenize(context_, (" " + request.prompt).c_str(), text.data(), static_cast<int>(text.size()));
            const int most  = whisper_n_text_ctx(context_) / 2 - 8;
            const int used  = std::clamp(count, 0, most);
            prompt_.insert(prompt_.end(), text.begin() + (std::max(count, 0) - used), text.begin() + std::max(count, 0));
        }
    }

    Json run() {
        while (!items_.empty() || busy() > 0) {
            for (size_t i = 0; i < slots_.size() && !items_.empty(); ++i) {
                if (!slots_[i].busy) begin(static_cast<int>(i));
            }
            if (busy() > 0) step();
        }
        return {{"segments", segments_}, {"words", words_}, {"windows", encodes_}, {"names", names_written_}};
    }

  private:
    size_t busy() const {
        return static_cast<size_t>(std::count_if(slots_.begin(), slots_.end(), [](const Slot & slot) { return slot.busy; }));
    }

    // A computation that did not come to its end.
    [[noreturn]] void stopped() const {
        if (activity_.cancelled.load()) throw Failure{code::cancelled, "cancelled"};
        throw Failure{code::failed, "the model could not be computed"};
    }

    float * decode(int first, int count, const std::vector<whisper_token> & tokens, const std::vector<int> & positions) {
        float * rows = decoder_.decode(first, count, tokens, positions, threads_);
        if (rows == nullptr || activity_.cancelled.load()) stopped();
        return rows;
    }

    Heard & heard(size_t window) {
        auto & found = heard_[window];
        if (found == nullptr) found = std::make_unique<Heard>(request_.pcm, request_.windows[window]);
        return *found;
    }

    // Listens to the next item, and takes the first token.
    void begin(int number) {
        const Item item = items_.front();
        items_.pop_front();
        Heard & sound = heard(item.window);
        if (item.seek + 10 >= sound.end()) {
            close(item.window);
            return;
        }
        const auto & samples = sound.sound.samples();
        if (whisper_pcm_to_mel_with_state(context_, state_, samples.data(), static_cast<int>(samples.size()), threads_) != 0) {
            stopped();
        }
        if (!decoder_.encode(number, item.seek, threads_)) stopped();
        ++encodes_;

        Slot & slot = slots_[static_cast<size_t>(number)];
        slot        = Slot();
        slot.item   = item;
        slot.busy   = true;
        slot.prompt = prompt_;
        const auto start_at = slot.prompt.size();
        slot.prompt.push_back(whisper_token_sot(context_));
        if (whisper_is_multilingual(context_)) {
            if (sound.language.empty()) {
                sound.language = request_.language == "auto" ? detect(number) : request_.language;
            }
            slot.prompt.push_back(whisper_token_lang(context_, whisper_lang_id(sound.language.c_str())));
            slot.prompt.push_back(request_.translate ? whisper_token_translate(context_) : whisper_token_transcribe(context_));
        } else {
            sound.language = "en";
        }
        if (rules_.no_times) slot.prompt.push_back(whisper_token_not(context_));
        float * rows = decode(number, 1, slot.prompt, {0});
        const auto    row  = [&](size_t index) { return rows + index * static_cast<size_t>(rules_.vocabulary); };
        const float * start = row(start_at);
        slot.no_speech = std::exp(start[whisper_token_nosp(context_)] - log_sum_exp(start, rules_.vocabulary));
        take(number, row(slot.prompt.size() - 1));
    }

    // The language of what was encoded into a slot.
    std::string detect(int number) {
        const float * row  = decode(number, 1, {whisper_token_sot(context_)}, {0});
        int           best = 0;
        for (int i = 1; i <= whisper_lang_max_id(); ++i) {
            if (row[whisper_token_lang(context_, i)] > row[whisper_token_lang(context_, best)]) best = i;
        }
        return whisper_lang_str(best);
    }

    // A token more for every window that is being written.
    void step() {
        size_t first = 0;
        while (!slots_[first].busy) ++first;
        size_t last = slots_.size() - 1;
        while (!slots_[last].busy) --last;
        std::vector<whisper_token> tokens;
        std::vector<int>           positions;
        for (size_t i = first; i <= last; ++i) {
            const Slot & slot = slots_[i];
            // A slot that rests is computed with the others, and nobody looks at it.
            tokens.push_back(slot.busy ? slot.writing.tokens.back().id : rules_.end_of_text);
            positions.push_back(slot.busy ? static_cast<int>(slot.prompt.size() + slot.writing.tokens.size()) - 1 : 0);
        }
        float * rows = decode(static_cast<int>(first), static_cast<int>(tokens.size()), tokens, positions);
        // Writing names computes again, which would change the rows.
        std::vector<size_t> done;
        for (size_t i = first; i <= last; ++i) {
            if (slots_[i].busy && write(i, rows + (i - first) * static_cast<size_t>(rules_.vocabulary))) done.push_back(i);
        }
        for (const size_t i : done) finish(static_cast<int>(i));
        report_progress();
    }

    void take(int number, float * row) {
        if (write(static_cast<size_t>(number), row)) finish(number);
    }

    // Takes the next token of a slot; true when it was the last one.
    bool write(size_t number, float * row) {
        Slot & slot = slots_[number];
        slot.beginnings.push_back(names_.beginning_at(row, rules_.end_of_text));
        const Heard &      sound = *heard_.at(slot.item.window);
        whisper_token_data token = pick_token(rules_, slot.writing, row);
        if (token.id == rules_.end_of_text && stops_early(slot, sound)) {
            slot.writing.urged_from = static_cast<int>(slot.writing.tokens.size());
            token                   = pick_token(rules_, slot.writing, row, true);
        }
        note_token(rules_, slot.writing, token, sound.end() - slot.item.seek);
        return slot.writing.completed || slot.writing.failed;
    }

    // The model ends after a whole sentence where the next one does not fit into its window, and leaves it to the next
    // window. Ours ends here, and the sound of the sentence has been encoded: it is asked to go on, once.
    bool stops_early(const Slot & slot, const Heard & sound) const {
        const Writing & writing = slot.writing;
        if (rules_.no_times || !writing.has_time || writing.urged_from >= 0) return false;
        if (writing.kept != static_cast<int>(writing.tokens.size())) return false;
        const int64_t from = 10 * int64_t(slot.item.seek + writing.seek_delta);
        const int64_t to   = 10 * int64_t(std::min(sound.length, slot.item.seek + window_length));
        return sound.voice.voiced_ms(from, to) >= least_voice_ms;
    }

    // Takes back what the model wrote against its will, where that is too unlikely, or nothing: the rest is heard by itself.
    // True if it was taken back.
    bool take_back_urged(Writing & writing) const {
        if (writing.urged_from < 0) return false;
        auto &     tokens = writing.tokens;
        const auto from   = static_cast<size_t>(writing.urged_from);
        if (tokens.size() > from && mean_log_probability(tokens, from) >= least_urged_probability) return false;
        writing.seek_delta = 2 * (tokens[from - 1].id - rules_.first_time);
        writing.failed     = false;
        tokens.resize(from);
        return true;
    }

    void finish(int number) {
        Slot &  slot  = slots_[static_cast<size_t>(number)];
        Heard & sound = *heard_.at(slot.item.window);
        auto &  tokens = slot.writing.tokens;
        tokens.resize(static_cast<size_t>(slot.writing.kept));
        const bool taken_back = take_back_urged(slot.writing);
        const double mean     = mean_log_probability(tokens);
        const double total    = mean * static_cast<double>(tokens.size());
        const bool   repeated = tokens.size() > entropy_tokens && entropy_of(tokens) < least_entropy;
        const bool   silent   = slot.no_speech > most_no_speech && mean < least_log_probability;
        sound.failed |= slot.writing.failed || repeated || (mean < least_log_probability && slot.no_speech < most_no_speech);
        sound.no_speech = std::max(sound.no_speech, slot.no_speech);
        sound.log_probability += total;
        sound.tokens += tokens.size();

        int       delta = slot.writing.seek_delta;
        const int left  = sound.end() - slot.item.seek;
        // A time alone at the end: the last sentence is whole, and nothing comes after it.
        const auto count     = tokens.size();
        const bool one_time  = count > 1 && tokens[count - 2].id < rules_.first_time && tokens[count - 1].id > rules_.first_time;
        const bool to_end    = (one_time || slot.writing.unclosed) && !taken_back;
        const bool all_heard = rules_.no_times || slot.writing.failed || to_end;
        if (all_heard) delta = std::min(left, window_length);
        if (!names_.empty() && !slot.writing.failed && !tokens.empty()) {
            const WrittenWindow written{context_, rules_, decoder_, number, threads_, slot.prompt.back(),
                                        static_cast<int>(slot.prompt.size()), slot.beginnings};
            const int found = write_names(names_, written, tokens);
            sound.names += found;
            names_written_ += found;
            if (activity_.cancelled.load()) stopped();
        }
        if (!silent) {
            sound.segments[slot.item.seek] =
                split_segments(context_, tokens, slot.item.seek, slot.item.seek + std::min(delta, left), slot.no_speech);
        }
        slot.busy = false;
        // Always forward: a time of zero would listen to the same sound for ever.
        const int next = slot.item.seek + std::max(delta, 100);
        const bool worth = next + 10 < sound.end() && sound.voice.voiced_ms(10 * next, 10 * sound.length) >= least_voice_ms;
        if (worth) items_.push_front({slot.item.window, next});
        else close(slot.item.window);
    }

    // Tells of a window that is done.
    void close(size_t window) {
        Heard & sound = *heard_.at(window);
        int     words = 0;
        std::vector<SegmentTokens> all;
        for (const auto & [seek, segments] : sound.segments) all.insert(all.end(), segments.begin(), segments.end());
        move_to_pauses(all, sound.voice);
        for (const SegmentTokens & segment : all) {
            Json message = describe_segment(context_, segment, sound.sound, sound.voice, false);
            words += static_cast<int>(message.at("words").size());
            message["type"]   = "segment";
            message["id"]     = request_.id;
            message["index"]  = segments_++;
            message["window"] = window;
            send(message);
        }
        words_ += words;
        const double mean = sound.tokens == 0 ? 0 : sound.log_probability / static_cast<double>(sound.tokens);
        send({
            {"type", "window"},
            {"id", request_.id},
            {"window", window},
            {"words", words},
            {"names", sound.names},
            {"language", sound.language},
            {"log_probability", mean},
            {"no_speech_probability", sound.no_speech},
            {"failed", sound.failed},
        });
        heard_.erase(window);
        ++closed_;
        report_progress();
    }

    void report_progress() {
        double done = static_cast<double>(closed_);
        for (const Slot & slot : slots_) {
            if (!slot.busy) continue;
            const Heard & sound = *heard_.at(slot.item.window);
            const int     at    = slot.item.seek + (slot.writing.has_time ? slot.writing.seek_delta : 0);
            done += std::min(0.95, at / std::max(1.0, static_cast<double>(sound.length)));
        }
        const int percent = static_cast<int>(done * 100 / static_cast<double>(request_.windows.size()));
        if (percent <= percent_) return;
        percent_ = percent;
        send({{"type", "progress"}, {"id", request_.id}, {"percent", std::clamp(percent, 0, 100)}});
    }

    const WindowsRequest &                   request_;
    Activity &                               activity_;
    whisper_context *                        context_;
    whisper_state *                          state_;
    DecoderSlots &                           decoder_;
    const TokenRules                         rules_;
    const NameList                           names_;
    const int                                threads_;
    std::vector<whisper_token>               prompt_;
    std::vector<Slot>                        slots_;
    std::deque<Item>                         items_;
    std::map<size_t, std::unique_ptr<Heard>> heard_;
    size_t                                   closed_        = 0;
    int                                      segments_      = 0;
    int                                      words_         = 0;
    int                                      encodes_       = 0;
    int                                      names_written_ = 0;
    int                                      percent_       = -1;
};

} // namespace

WindowsRequest parse_windows(const Json & message) {
    WindowsRequest request;
    const Failure  wrong{code::bad_message, "windows must be a list of lists of [start_sample, sample_count]"};
    request.id = message.at("id");
    request.pcm = needed_text(message, "pcm");
    if (!message.contains("windows") || !message.at("windows").is_array()) throw wrong;
    const Json & windows = message.at("windows");
    if (windows.empty() || windows.size() > most_windows) throw wrong;
    for (const Json & window : windows) request.windows.push_back(parse_stretches({{"stretches", window}}));
    request.language  = text_field(message, "language", request.language);
    request.prompt    = text_field(message, "prompt", "");
    request.names     = parse_vocabulary(message, "names");
    request.threads   = number_field<int>(message, "threads", 0, 0, most_threads);
    request.translate = flag_field(message, "translate", false);
    return request;
}

Json transcribe_windows(Model & model, const WindowsRequest & request, Activity & activity) {
    const auto started = std::chrono::steady_clock::now();
    require_language(model.context(), request.language, request.translate);
    if (model.has_alignment()) throw Failure{code::bad_message, "windows are not transcribed with alignment"};
    try {
        Json done = Windows(model, request, activity).run();
        const auto spent = std::chrono::steady_clock::now() - started;
        done["type"]     = "done";
        done["id"]       = request.id;
        done["language"] = request.language == "auto" ? "" : request.language;
        done["elapsed_ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count();
        return done;
    } catch (const std::bad_alloc &) {
        throw Failure{code::out_of_memory, "not enough memory for these windows"};
    }
}

} // namespace host
