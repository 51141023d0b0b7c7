// What touches a share does it in this program, so that a share that hangs can hang nothing else.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace probe {

namespace fs = std::filesystem;

// Ends this process when it is still there after so many milliseconds, and when its parent dies.
void arm(long deadline_ms);

// A JSON string, quotes included. False when the bytes are not UTF-8; they are then replaced one by one.
bool        quote(const std::string & bytes, std::string & out);
// Name of an error as Node knows it (ENOENT, …); "EIO" for one without.
const char * error_name(const std::error_code & error);
// Milliseconds since 1970.
int64_t     modified_ms(const fs::path & path, std::error_code & error);
// A path as UTF-8, and back: Windows has another idea of names.
std::string to_text(const fs::path & path);
fs::path    from_text(const std::string & text);

// One JSON line about a folder: whether it answers, is mounted, has room and can be written to.
int check(const fs::path & folder, bool try_writing);
// One JSON line for each file below a folder, and a last one that says that it was all. Folders below it whose name fits
// one of the patterns (* for any characters, ? for one; case of ASCII letters does not count) are not entered.
int list(const fs::path & folder, const std::vector<std::string> & skipped);
// A JSON line with size and time, then the bytes of blocks of a file at the given offsets.
int read_blocks(const fs::path & file, const std::vector<uint64_t> & offsets, uint64_t block_size);

} // namespace probe
