// share-probe [--deadline MS] check [--write] FOLDER | list [--skip NAME]… FOLDER | read FILE BLOCKSIZE OFFSET…
#include "probe.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

static int usage() {
    std::fprintf(stderr, "share-probe [--deadline MS] check [--write] FOLDER | list [--skip NAME]... FOLDER | read FILE BLOCKSIZE OFFSET...\n");
    return 2;
}

int main(int argc, char ** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "--version") {
        std::printf("share-probe %s\n", SHARE_PROBE_VERSION);
        return 0;
    }
#ifdef _WIN32
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    long deadline = 0;
    if (words.size() >= 2 && words[0] == "--deadline") {
        deadline = std::strtol(words[1].c_str(), nullptr, 10);
        words.erase(words.begin(), words.begin() + 2);
    }
    probe::arm(deadline);
    if (words.empty()) return usage();
    const std::string command = words[0];
    words.erase(words.begin());
    try {
        if (command == "check") {
            const bool write = !words.empty() && words[0] == "--write";
            if (words.size() != (write ? 2u : 1u)) return usage();
            return probe::check(probe::from_text(words.back()), write);
        }
        if (command == "list") {
            std::vector<std::string> skipped;
            while (words.size() > 2 && words[0] == "--skip") {
                skipped.push_back(words[1]);
                words.erase(words.begin(), words.begin() + 2);
            }
            if (words.size() != 1) return usage();
            return probe::list(probe::from_text(words[0]), skipped);
        }
        if (command == "read" && words.size() >= 2) {
            std::vector<uint64_t> offsets;
            for (size_t at = 2; at < words.size(); at++) offsets.push_back(std::strtoull(words[at].c_str(), nullptr, 10));
            return probe::read_blocks(probe::from_text(words[0]), offsets, std::strtoull(words[1].c_str(), nullptr, 10));
        }
    } catch (const std::exception & failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
    return usage();
}
