#include "probe.hpp"

#include <cinttypes>
#include <cstdio>

namespace probe {

// Deeper than any meeting lies; a file system that goes on for ever is not followed.
constexpr int deepest = 64;

static size_t files = 0;

static void tell_error(const fs::path & path, const fs::path & top, const char * name) {
    std::string line = "{\"p\":";
    quote(to_text(path.lexically_relative(top)), line);
    std::printf("%s,\"e\":\"%s\"}\n", line.c_str(), name);
}

static void tell_file(const fs::directory_entry & entry, const fs::path & top) {
    std::error_code error;
    const uintmax_t size = entry.file_size(error);
    const int64_t modified = error ? 0 : modified_ms(entry.path(), error);
    // A file that goes while it is looked at is simply not there.
    if (error == std::errc::no_such_file_or_directory) return;
    if (error) return tell_error(entry.path(), top, error_name(error));
    std::string line = "{\"p\":";
    if (!quote(to_text(entry.path().lexically_relative(top)), line)) return tell_error(entry.path(), top, "EILSEQ");
    std::printf("%s,\"s\":%" PRIuMAX ",\"m\":%" PRId64 "}\n", line.c_str(), size, modified);
    files++;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Goes back to the latest * only, so that no pattern takes more than pattern times name.
static bool fits(const std::string & pattern, const std::string & name) {
    size_t p = 0, n = 0, star = std::string::npos, resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(name[n]))) {
            p++;
            n++;
        } else if (star != std::string::npos) {
            p = star + 1;
            n = ++resume;
        } else return false;
    }
    while (p < pattern.size() && pattern[p] == '*') p++;
    return p == pattern.size();
}

static bool is_skipped(const fs::path & folder, const std::vector<std::string> & skipped) {
    const std::string name = to_text(folder.filename());
    for (const auto & pattern : skipped) if (fits(pattern, name)) return true;
    return false;
}

// Links are not followed: they lead out of the share, or in a circle.
static void walk(const fs::path & folder, const fs::path & top, int depth, const std::vector<std::string> & skipped) {
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error) return tell_error(folder, top, error_name(error));
    const fs::directory_iterator end;
    while (entries != end) {
        const fs::directory_entry & entry = *entries;
        std::error_code looking;
        const auto type = entry.symlink_status(looking).type();
        if (!looking && type == fs::file_type::directory && depth < deepest) {
            if (!is_skipped(entry.path(), skipped)) walk(entry.path(), top, depth + 1, skipped);
        } else if (!looking && type == fs::file_type::regular) tell_file(entry, top);
        entries.increment(error);
        if (error) return tell_error(folder, top, error_name(error));
    }
}

int list(const fs::path & folder, const std::vector<std::string> & skipped) {
    walk(folder, folder, 0, skipped);
    // Without this line the list was cut short.
    std::printf("{\"done\":%zu}\n", files);
    return 0;
}

} // namespace probe
