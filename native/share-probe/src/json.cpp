#include "probe.hpp"

#include <cerrno>
#include <chrono>
#include <cstdio>

#ifndef _WIN32
#include <sys/stat.h>
#endif

namespace probe {

// Length of the UTF-8 sequence at a place; 0 when there is none (RFC 3629: no overlong forms, no surrogates).
static size_t sequence(const std::string & s, size_t at) {
    const auto byte = [&](size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
    const auto more = [&](size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    const unsigned first = byte(at);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return more(at + 1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const unsigned second = byte(at + 1);
        if (!more(at + 1) || !more(at + 2)) return 0;
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const unsigned second = byte(at + 1);
        if (!more(at + 1) || !more(at + 2) || !more(at + 3)) return 0;
        if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
        return 4;
    }
    return 0;
}

bool quote(const std::string & bytes, std::string & out) {
    bool whole = true;
    out += '"';
    for (size_t at = 0; at < bytes.size();) {
        const size_t length = sequence(bytes, at);
        const unsigned char c = static_cast<unsigned char>(bytes[at]);
        if (length == 0) {
            whole = false;
            out += "\xEF\xBF\xBD";
            at += 1;
            continue;
        }
        if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c < 0x20) {
            char escaped[8];
            std::snprintf(escaped, sizeof(escaped), "\\u%04x", c);
            out += escaped;
        } else {
            out.append(bytes, at, length);
        }
        at += length;
    }
    out += '"';
    return whole;
}

const char * error_name(const std::error_code & error) {
    const auto is = [&](std::errc code) { return error == code; };
    if (is(std::errc::no_such_file_or_directory)) return "ENOENT";
    if (is(std::errc::not_a_directory)) return "ENOTDIR";
    if (is(std::errc::permission_denied)) return "EACCES";
    if (is(std::errc::operation_not_permitted)) return "EPERM";
    if (is(std::errc::read_only_file_system)) return "EROFS";
    if (is(std::errc::no_space_on_device)) return "ENOSPC";
    if (is(std::errc::is_a_directory)) return "EISDIR";
    if (is(std::errc::not_connected)) return "ENOTCONN";
    if (is(std::errc::host_unreachable)) return "EHOSTUNREACH";
    if (is(std::errc::timed_out)) return "ETIMEDOUT";
#ifndef _WIN32
    if (error.value() == ESTALE) return "ESTALE";
    if (error.value() == EDQUOT) return "EDQUOT";
    if (error.value() == EHOSTDOWN) return "EHOSTDOWN";
#endif
    return "EIO";
}

int64_t modified_ms(const fs::path & path, std::error_code & error) {
#ifdef _WIN32
    const auto time = fs::last_write_time(path, error);
    if (error) return 0;
    // C++17 does not say where the file clock starts; both clocks are asked at the same moment.
    const auto since = time - fs::file_time_type::clock::now();
    const auto there = std::chrono::system_clock::now() + std::chrono::duration_cast<std::chrono::system_clock::duration>(since);
    return std::chrono::duration_cast<std::chrono::milliseconds>(there.time_since_epoch()).count();
#else
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) {
        error = std::error_code(errno, std::generic_category());
        return 0;
    }
    error.clear();
#ifdef __APPLE__
    const timespec & time = info.st_mtimespec;
#else
    const timespec & time = info.st_mtim;
#endif
    // Rounded as Node's Math.round(mtimeMs).
    return static_cast<int64_t>(time.tv_sec) * 1000 + (time.tv_nsec + 500000) / 1000000;
#endif
}

std::string to_text(const fs::path & path) {
#ifdef _WIN32
    return path.generic_u8string();
#else
    return path.string();
#endif
}

fs::path from_text(const std::string & text) {
#ifdef _WIN32
    return fs::u8path(text);
#else
    return fs::path(text);
#endif
}

} // namespace probe
