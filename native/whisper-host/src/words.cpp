#include "words.hpp"

#include <algorithm>

namespace host {

std::vector<HeardWord> find_words(whisper_context * context, const std::vector<whisper_token_data> & tokens) {
    std::vector<HeardWord> words;
    int                    tokens_in_word = 0;
    for (const whisper_token_data & data : tokens) {
        // Ids from "end of text" on are times and tasks.
        if (data.id >= whisper_token_eot(context)) continue;
        std::string text = whisper_token_to_str(context, data.id);
        if (text.empty()) continue;
        if (text.front() == ' ' || words.empty()) {
            if (text.front() == ' ') text.erase(0, 1);
            words.push_back({text, 0, data.t_dtw < 0 ? -1 : data.t_dtw * 10});
            tokens_in_word = 0;
        } else {
            words.back().text += text;
        }
        HeardWord & word = words.back();
        word.probability = (word.probability * tokens_in_word + data.p) / (tokens_in_word + 1);
        ++tokens_in_word;
    }
    words.erase(std::remove_if(words.begin(), words.end(), [](const HeardWord & word) { return word.text.empty(); }),
                words.end());
    return words;
}

} // namespace host
