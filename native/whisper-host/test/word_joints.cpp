// Joins windows that are given as text, for the tests of joints.cpp. Lines of standard input:
//   window START END CUT    a window of the sound begins
//   word START END TEXT     a word that it heard
//   end                     all windows of a sound are there: its words are written, then a line "end"
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "joints.hpp"

namespace {

struct HeardWindow {
    int64_t                      start_ms = 0, end_ms = 0, cut_ms = 0;
    std::vector<host::TimedWord> words;
};

void write_joined(const std::vector<HeardWindow> & windows) {
    std::vector<host::TimedWord> words;
    for (size_t i = 0; i < windows.size(); ++i) {
        if (i == 0) words = windows[i].words;
        else words = host::join_words(words, windows[i].words, {windows[i].start_ms, windows[i - 1].cut_ms, windows[i - 1].end_ms});
    }
    for (const host::TimedWord & word : words) std::cout << word.start_ms << ' ' << word.end_ms << ' ' << word.text << '\n';
    std::cout << "end\n";
}

} // namespace

int main() {
    std::vector<HeardWindow> windows;
    std::string              line;
    while (std::getline(std::cin, line)) {
        std::istringstream fields(line);
        std::string        kind;
        fields >> kind;
        if (kind == "window") {
            HeardWindow window;
            fields >> window.start_ms >> window.end_ms >> window.cut_ms;
            windows.push_back(window);
        } else if (kind == "word" && !windows.empty()) {
            host::TimedWord word{};
            fields >> word.start_ms >> word.end_ms >> word.text;
            windows.back().words.push_back(word);
        } else if (kind == "end") {
            write_joined(windows);
            windows.clear();
        }
    }
    return 0;
}
