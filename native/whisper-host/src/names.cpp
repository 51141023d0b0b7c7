#include "names.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <sstream>
#include <string_view>
#include <unordered_map>

namespace host {

namespace {

// A name's first token may be this much less likely than the likeliest one (natural logarithm).
constexpr float beginning_gap = 10;
// What was heard has to be spelled, or to sound, a little like the name, from 0 to 1.
constexpr double least_likeness = 0.4;
// How much less likely than what was written (natural logarithm) a name may be: where its consonants are the same, where
// they are nearly so, and else; but no more than a multiple of how unlikely the model found what it wrote. "Akeffer" may
// be Okafor, and "garden" is not Gordon. A name that was only written apart ("Fair Haven") is no doubt of the sound.
// Measured on names that were said, in seven ways of recording, and on five hundred that were not.
constexpr double same_sound_bonus  = 14;
constexpr double alike_sound_bonus = 3;
constexpr double other_bonus       = 2;
constexpr double apart_bonus       = 6;
constexpr double doubt_factor      = 5;
constexpr double alike_sound       = 0.7;
// Fewer consonants than this say nothing: "more" and "Moore".
constexpr size_t least_consonants = 3;
// Words that a name may stand for, and tokens after it that are looked at.
constexpr size_t most_words  = 3;
constexpr size_t follow_size = 4;
// Names that are tried at one place.
constexpr size_t most_tries = 3;

bool is_letter(unsigned char c) {
    return std::isalnum(c) || c >= 0x80;
}

std::string letters_of(const std::string & text) {
    std::string letters;
    for (const unsigned char c : text) {
        if (is_letter(c)) letters += static_cast<char>(std::tolower(c));
    }
    return letters;
}

double likeness(const std::string & a, const std::string & b) {
    std::vector<size_t> row(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
        size_t corner = row[0];
        row[0]        = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t replaced = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
            corner                = row[j];
            row[j]                = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    const size_t longer = std::max(a.size(), b.size());
    return longer == 0 ? 0 : 1 - static_cast<double>(row.back()) / static_cast<double>(longer);
}

// The consonants of a word as they sound in English, vowels left out but for one at the beginning. `r_is_mute`: an r is
// only there before a vowel, as half of the English-speaking world says it ("Akaffa" for Okafor).
std::string consonants_of(const std::string & letters, bool r_is_mute = false) {
    std::string key;
    const auto  add = [&](char c) {
        if (key.empty() || key.back() != c) key += c;
    };
    for (size_t i = 0; i < letters.size(); ++i) {
        const char c    = letters[i];
        const char next = i + 1 < letters.size() ? letters[i + 1] : ' ';
        switch (c) {
            case 'a': case 'e': case 'i': case 'o': case 'u': case 'y':
                if (i == 0) add('a');
                break;
            case 'r':
                if (!r_is_mute || std::string_view("aeiouy").find(next) != std::string_view::npos) add(c);
                break;
            case 'b': case 'd': case 'l': case 'm': case 'n': add(c); break;
            case 'h': case 'w': if (i == 0) add(c); break;
            case 'f': case 'v': add('f'); break;
            case 'p':
                if (next == 'h') { add('f'); ++i; }
                else add('p');
                break;
            case 'g':
                if (next == 'h') ++i;
                else add(next == 'e' || next == 'i' ? 'j' : 'k');
                break;
            case 'c':
                if (next == 'h') { add('j'); ++i; }
                else if (next == 'e' || next == 'i') add('s');
                else add('k');
                break;
            case 'k': case 'q': add('k'); break;
            case 's':
                if (next == 'h') { add('j'); ++i; }
                else add('s');
                break;
            case 'x': add('k'); add('s'); break;
            case 'z': add('s'); break;
            case 't':
                if (next == 'h') ++i;
                add('t');
                break;
            case 'j': add('j'); break;
            default: add(c);
        }
    }
    return key;
}

// Words as runs of tokens: from, up to the end of its letters, up to the next word.
struct Word {
    size_t from;
    size_t letters_end;
    size_t to;
};

std::vector<Word> find_words(whisper_context * context, const TokenRules & rules,
                             const std::vector<whisper_token_data> & tokens) {
    std::vector<Word> words;
    bool              open = false;
    for (size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].id >= rules.end_of_text) {
            open = false;
            continue;
        }
        const std::string text = whisper_token_to_str(context, tokens[i].id);
        if (!open || (!text.empty() && text.front() == ' ')) words.push_back({i, i, i});
        open              = true;
        words.back().to   = i + 1;
        // "'s" and punctuation stay where they are.
        const bool ending = text == "'s" || letters_of(text).empty();
        if (!ending) words.back().letters_end = i + 1;
    }
    return words;
}

// The log probability of each of `written`, which stands behind what the slot holds up to `position`.
std::vector<float> score(const WrittenWindow & window, whisper_token before, int position,
                         const std::vector<whisper_token> & written) {
    std::vector<whisper_token> given{before};
    given.insert(given.end(), written.begin(), written.end() - 1);
    const float * rows = window.slots.decode(window.slot, 1, given, {position}, window.threads);
    std::vector<float> result;
    if (rows == nullptr) return result;
    for (size_t i = 0; i < written.size(); ++i) {
        const float * row = rows + i * static_cast<size_t>(window.rules.vocabulary);
        result.push_back(row[written[i]] - log_sum_exp(row, window.rules.vocabulary));
    }
    return result;
}

double sum(const std::vector<float> & values, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; ++i) total += values[i];
    return total;
}

struct Try {
    int    name;
    size_t letters_end;
    double likeness;
    double bonus;
    // The same letters in more words or fewer.
    bool   apart;
};

bool contains(const std::string & text, const std::string & part) {
    return text.find(part) != std::string::npos;
}

// What was written from a word on, one word more each time, as letters and as consonants.
struct Run {
    std::string letters;
    std::string consonants;
    std::string without_r;
    size_t      words;
    size_t      letters_end;
};

// Runs from a word on without a pause in between, that no name has been written into: `free_to` is where the next one is.
std::vector<Run> find_runs(whisper_context * context, const std::vector<whisper_token_data> & tokens,
                           const std::vector<Word> & words, size_t from, size_t free_to) {
    std::vector<Run> runs;
    std::string      letters;
    for (size_t k = from; k < words.size() && k < from + most_words; ++k) {
        if (k > from && words[k].from != words[k - 1].letters_end) break;
        if (words[k].to > free_to || words[k].letters_end == words[k].from) break;
        for (size_t i = words[k].from; i < words[k].letters_end; ++i) {
            letters += letters_of(whisper_token_to_str(context, tokens[i].id));
        }
        runs.push_back({letters, consonants_of(letters), consonants_of(letters, true), k + 1 - from, words[k].letters_end});
    }
    return runs;
}

// The run that is most like a name. Its likeness is 0 where the name stands there already.
Try liken(const NameList::Name & name, int number, const std::vector<Run> & runs) {
    Try best{number, 0, 0, 0, false};
    for (const Run & run : runs) {
        const bool apart = run.letters == name.letters && run.words != name.words;
        if (contains(run.letters, name.letters) && !apart) {
            if (best.likeness < 1) best.likeness = 0;
            break;
        }
        const bool   muted   = std::min(run.without_r.size(), name.without_r.size()) >= least_consonants;
        const bool   telling = std::min(run.consonants.size(), name.consonants.size()) >= least_consonants;
        const double alike   = muted && run.without_r == name.without_r ? 1 : likeness(run.consonants, name.consonants);
        const double like    = std::max(likeness(run.letters, name.letters), telling ? alike : 0);
        if (like <= best.likeness) continue;
        const double bonus = apart                             ? apart_bonus
                             : telling && alike == 1           ? same_sound_bonus
                             : telling && alike >= alike_sound ? alike_sound_bonus
                                                               : other_bonus;
        best = {number, run.letters_end, like, bonus, apart};
    }
    return best;
}

} // namespace

namespace {

// Byte pair encoding. The vocabulary lists its tokens in the order of their merges, so the pair that is merged first is
// the one whose token has the smallest number (openai/tiktoken, _educational.py). whisper_tokenize takes the longest
// token instead, which the model has seldom seen.
class Encoder {
  public:
    explicit Encoder(whisper_context * context) {
        const int count = whisper_token_eot(context);
        for (int id = 0; id < count; ++id) ids_.emplace(whisper_token_to_str(context, id), id);
    }

    // Empty where the vocabulary has no token for a byte.
    std::vector<whisper_token> encode(const std::string & word) const {
        std::vector<std::string> parts;
        for (const char c : word) parts.emplace_back(1, c);
        while (parts.size() > 1) {
            size_t best    = parts.size();
            int    best_id = 0;
            for (size_t i = 0; i + 1 < parts.size(); ++i) {
                const auto found = ids_.find(parts[i] + parts[i + 1]);
                if (found == ids_.end() || (best < parts.size() && found->second >= best_id)) continue;
                best    = i;
                best_id = found->second;
            }
            if (best == parts.size()) break;
            parts[best] += parts[best + 1];
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best) + 1);
        }
        std::vector<whisper_token> tokens;
        for (const std::string & part : parts) {
            const auto found = ids_.find(part);
            if (found == ids_.end()) return {};
            tokens.push_back(found->second);
        }
        return tokens;
    }

  private:
    std::unordered_map<std::string, whisper_token> ids_;
};

} // namespace

NameList::NameList(whisper_context * context, const std::vector<std::string> & names) {
    if (names.empty()) return;
    const Encoder encoder(context);
    for (const std::string & text : names) {
        Name       name{text, letters_of(text), {}, {}, 1, {}};
        name.words = 1 + static_cast<size_t>(std::count(text.begin(), text.end(), ' '));
        name.consonants = consonants_of(name.letters);
        name.without_r  = consonants_of(name.letters, true);
        std::istringstream words(text);
        for (std::string word; words >> word;) {
            const std::vector<whisper_token> tokens = encoder.encode(" " + word);
            if (tokens.empty()) {
                name.tokens.clear();
                break;
            }
            name.tokens.insert(name.tokens.end(), tokens.begin(), tokens.end());
        }
        if (name.tokens.empty() || name.letters.size() < 4) continue;
        names_.push_back(std::move(name));
    }
}

std::vector<int> NameList::beginning_at(const float * scores, int text_count) const {
    std::vector<int> found;
    if (names_.empty()) return found;
    const float highest = *std::max_element(scores, scores + text_count);
    for (size_t i = 0; i < names_.size(); ++i) {
        if (scores[names_[i].tokens.front()] >= highest - beginning_gap) found.push_back(static_cast<int>(i));
    }
    return found;
}

int write_names(const NameList & names, const WrittenWindow & window, std::vector<whisper_token_data> & tokens) {
    const std::vector<Word> words = find_words(window.context, window.rules, tokens);
    int                     count = 0;
    size_t                  free_to = tokens.size();
    // From the end to the beginning: what the slot holds before a place is what was written there.
    for (size_t w = words.size(); w-- > 0;) {
        const Word & first = words[w];
        if (first.from >= window.beginnings.size() || first.from >= free_to) continue;
        const std::vector<Run> runs = find_runs(window.context, tokens, words, w, free_to);
        std::vector<Try>       tries;
        for (const int number : window.beginnings[first.from]) {
            const Try best = liken(names.at(number), number, runs);
            if (best.likeness >= least_likeness) tries.push_back(best);
        }
        if (tries.empty()) continue;
        std::sort(tries.begin(), tries.end(), [](const Try & a, const Try & b) { return a.likeness > b.likeness; });
        if (tries.size() > most_tries) tries.resize(most_tries);

        const whisper_token before   = first.from == 0 ? window.last_prompt_token : tokens[first.from - 1].id;
        const int           position = window.prompt_count + static_cast<int>(first.from) - 1;
        // What was written is scored once, as far as any of the tries looks: a score depends on what stands before it only.
        size_t                     farthest = 0;
        std::vector<whisper_token> heard;
        for (const Try & each : tries) farthest = std::max(farthest, std::min(tokens.size(), each.letters_end + follow_size));
        for (size_t i = first.from; i < farthest; ++i) heard.push_back(tokens[i].id);
        const std::vector<float> as_heard = score(window, before, position, heard);
        if (as_heard.empty()) return count;

        double             best_gain = 0;
        const Try *        best      = nullptr;
        std::vector<float> best_scores;
        for (const Try & each : tries) {
            const size_t               last   = std::min(tokens.size(), each.letters_end + follow_size);
            std::vector<whisper_token> spoken = names.at(each.name).tokens;
            for (size_t i = each.letters_end; i < last; ++i) spoken.push_back(tokens[i].id);
            const std::vector<float> as_spoken = score(window, before, position, spoken);
            if (as_spoken.empty()) return count;
            const double doubt = -sum(as_heard, each.letters_end - first.from);
            const double bonus = each.apart ? each.bonus : std::min(each.bonus, doubt_factor * doubt);
            const double gain  = sum(as_spoken, as_spoken.size()) - sum(as_heard, last - first.from) + bonus;
            if (gain <= best_gain) continue;
            best_gain   = gain;
            best        = &each;
            best_scores = as_spoken;
        }
        if (best == nullptr) continue;
        std::vector<whisper_token_data> written;
        const NameList::Name &          name = names.at(best->name);
        for (size_t i = 0; i < name.tokens.size(); ++i) {
            whisper_token_data token = tokens[first.from];
            token.id   = name.tokens[i];
            token.plog = best_scores[i];
            token.p    = std::exp(best_scores[i]);
            written.push_back(token);
        }
        const auto from = tokens.begin() + static_cast<std::ptrdiff_t>(first.from);
        tokens.erase(from, tokens.begin() + static_cast<std::ptrdiff_t>(best->letters_end));
        tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(first.from), written.begin(), written.end());
        free_to = first.from;
        ++count;
    }
    return count;
}

} // namespace host
