#include "parakeet_words.hpp"

#include <algorithm>
#include <cstring>

namespace host {

namespace {

// SentencePiece's mark for a space (U+2581).
constexpr const char space_mark[] = "\xE2\x96\x81";
constexpr size_t     mark_bytes   = sizeof(space_mark) - 1;

// How far the voice may begin before the model's time, and after it: its step is 80 ms, and a token comes with the step
// in which it is sure rather than with the one in which its sound begins.
constexpr int64_t early_ms = 200, late_ms = 160;
// The last sound of a word goes on beyond its last token.
constexpr int64_t tail_ms = 320;
constexpr int64_t least_word_ms = 20;

// "<unk>", "<|en|>", "<s>": said by the model about the text, and no part of it.
bool is_control(const std::string & piece) {
    return piece.size() >= 3 && piece.front() == '<' && piece.back() == '>';
}

bool is_punctuation(const std::string & text) {
    static const char * const marks = ".,!?;:'\"-()[]{}/";
    // Beyond ASCII: the ellipsis, dashes, quotation marks, and the inverted marks of Spanish.
    static const char * const wide[] = {"\xE2\x80\xA6", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x98", "\xE2\x80\x99",
                                        "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xC2\xAB", "\xC2\xBB",
                                        "\xC2\xBF", "\xC2\xA1"};
    size_t at = 0;
    while (at < text.size()) {
        if (std::strchr(marks, text[at]) != nullptr) {
            ++at;
            continue;
        }
        const auto found = std::find_if(std::begin(wide), std::end(wide), [&](const char * mark) {
            return text.compare(at, std::strlen(mark), mark) == 0;
        });
        if (found == std::end(wide)) return false;
        at += std::strlen(*found);
    }
    return true;
}

// Collects one word after the other.
class WordBuilder {
  public:
    explicit WordBuilder(int64_t window_ms) : window_ms_(window_ms) {}

    void add(const HeardToken & token, const std::string & piece) {
        size_t at = 0;
        while (at <= piece.size()) {
            const size_t mark = piece.find(space_mark, at);
            const size_t end  = mark == std::string::npos ? piece.size() : mark;
            if (end > at) append(token, piece.substr(at, end - at));
            if (mark == std::string::npos) break;
            fresh_ = true;
            at     = mark + mark_bytes;
        }
    }

    std::vector<TimedWord> take() {
        // A mark that no word followed.
        if (!words_.empty() && is_punctuation(words_.back().text)) drop_marks();
        return std::move(words_);
    }

  private:
    void append(const HeardToken & token, const std::string & text) {
        const int64_t start_ms = window_ms_ + token.frame * parakeet_frame_ms;
        const int64_t end_ms   = start_ms + std::max(1, token.duration) * parakeet_frame_ms;
        const bool    mark     = is_punctuation(text);
        if (fresh_ || words_.empty()) {
            if (!words_.empty() && is_punctuation(words_.back().text)) drop_marks();
            words_.push_back({text, start_ms, end_ms});
            tokens_ = 0;
            fresh_  = false;
        } else {
            // An opening mark has no time of its own: the word is where its letters are.
            if (!mark && is_punctuation(words_.back().text)) words_.back().start_ms = start_ms;
            words_.back().text += text;
            if (!mark) words_.back().end_ms = std::max(words_.back().end_ms, end_ms);
        }
        TimedWord & word = words_.back();
        word.probability = (word.probability * tokens_ + double(token.probability)) / (tokens_ + 1);
        ++tokens_;
    }

    // Marks that stand alone: those that end something belong to the word before, a dash between spaces to nobody.
    void drop_marks() {
        const std::string marks = words_.back().text;
        words_.pop_back();
        if (!words_.empty() && std::strchr(".,!?;:", marks.front()) != nullptr) words_.back().text += marks;
    }

    int64_t                window_ms_;
    std::vector<TimedWord> words_;
    int                    tokens_ = 0;
    bool                   fresh_  = true;
};

} // namespace

std::vector<TimedWord> words_of(const std::vector<HeardToken> & tokens,
                                const std::function<std::string(int32_t)> & text_of, int64_t window_ms) {
    WordBuilder words(window_ms);
    for (const HeardToken & token : tokens) {
        const std::string piece = text_of(token.id);
        if (!is_control(piece)) words.add(token, piece);
    }
    return words.take();
}

namespace {

// Where the word begins: where the voice does that holds the model's time, if that is near; from silence, where the
// next voice begins.
int64_t refined_start(const std::vector<Span> & voiced, int64_t model_ms, int64_t earliest_ms, int64_t latest_ms) {
    for (const Span & span : voiced) {
        if (span.end_ms <= model_ms) continue;
        // Voice that was there before is another word's as well.
        const bool begins = span.start_ms > earliest_ms;
        return begins && span.start_ms <= latest_ms ? span.start_ms : model_ms;
    }
    return model_ms;
}

// Where the word ends: where the voice does that holds the model's time, or did before it; with the next word where
// the voice goes on up to it.
int64_t refined_end(const std::vector<Span> & voiced, int64_t start_ms, int64_t model_ms, int64_t latest_ms, bool up_to_next) {
    int64_t end_ms = model_ms;
    for (const Span & span : voiced) {
        if (span.end_ms <= start_ms) continue;
        if (span.start_ms >= std::max(model_ms, start_ms + least_word_ms)) break;
        const bool goes_on = span.end_ms >= latest_ms;
        end_ms             = !goes_on ? span.end_ms : up_to_next ? latest_ms : std::max(model_ms, span.start_ms + least_word_ms);
    }
    return end_ms;
}

} // namespace

void refine_times(std::vector<TimedWord> & words, const VoiceMap & voice) {
    int64_t before_ms = 0; // where the word before ends
    for (size_t i = 0; i < words.size(); ++i) {
        TimedWord &   word      = words[i];
        const int64_t model_ms  = std::max(word.start_ms, before_ms);
        const int64_t tail_end  = std::max(word.end_ms, model_ms) + tail_ms;
        const bool    near_next = i + 1 < words.size() && words[i + 1].start_ms <= tail_end;
        const int64_t latest_ms = std::max(model_ms + least_word_ms, near_next ? words[i + 1].start_ms : tail_end);
        const int64_t from_ms   = std::max(before_ms, model_ms - early_ms);
        const std::vector<Span> voiced = voice.voiced_between(from_ms, latest_ms);
        word.estimated = voiced.empty();
        word.start_ms  = refined_start(voiced, model_ms, from_ms, std::min(model_ms + late_ms, latest_ms - least_word_ms));
        word.end_ms    = std::clamp(refined_end(voiced, word.start_ms, std::min(word.end_ms, latest_ms), latest_ms, near_next),
                                    word.start_ms + least_word_ms, std::max(latest_ms, word.start_ms + least_word_ms));
        before_ms      = word.end_ms;
    }
}

} // namespace host
