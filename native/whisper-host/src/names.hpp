// Names of the city in what was heard. A name is written where the sound says it nearly as well as what the model
// wrote by itself: both are scored by the model on the same sound, with the same words before and after. Nothing else
// in the text changes, and a name that the sound does not bear out is never written.
#pragma once

#include <string>
#include <vector>

#include "decoder_slots.hpp"
#include "greedy.hpp"
#include "whisper.h"

namespace host {

class NameList {
  public:
    NameList() = default;
    NameList(whisper_context * context, const std::vector<std::string> & names);

    bool empty() const { return names_.empty(); }

    // Which names could begin where `scores` says what comes next: numbers of names.
    std::vector<int> beginning_at(const float * scores, int text_count) const;

    struct Name {
        std::string                text;
        // Its letters alone, small.
        std::string                letters;
        std::string                consonants;
        std::string                without_r;
        size_t                     words;
        std::vector<whisper_token> tokens;
    };
    const Name & at(int number) const { return names_[static_cast<size_t>(number)]; }

  private:
    std::vector<Name> names_;
};

// A window that has been written, in its slot.
struct WrittenWindow {
    whisper_context *               context;
    const TokenRules &              rules;
    DecoderSlots &                  slots;
    int                             slot;
    int                             threads;
    // What was given before the first token; the last of them, and how many.
    whisper_token                   last_prompt_token;
    int                             prompt_count;
    // For each token: which names could have begun instead.
    const std::vector<std::vector<int>> & beginnings;
};

// Writes names where they were said. Returns how many. Throws nothing; a computation that was stopped changes nothing.
int write_names(const NameList & names, const WrittenWindow & window, std::vector<whisper_token_data> & tokens);

} // namespace host
