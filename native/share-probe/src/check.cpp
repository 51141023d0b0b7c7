#include "probe.hpp"

#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstring>

#ifdef _WIN32
#include <process.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace probe {

// True where another file system begins: nothing is ever written into the empty folder under a share that is away.
static bool is_mount_point(const fs::path & folder) {
#ifdef _WIN32
    wchar_t volume[MAX_PATH + 1];
    const fs::path whole = fs::absolute(folder);
    if (!GetVolumePathNameW(whole.c_str(), volume, MAX_PATH)) return false;
    return fs::path(volume) == whole || fs::path(volume) == whole / "";
#else
    struct stat own{}, above{};
    if (::stat(folder.c_str(), &own) != 0 || ::stat((folder / "..").c_str(), &above) != 0) return false;
    return own.st_dev != above.st_dev || own.st_ino == above.st_ino;
#endif
}

// Permissions say little about shares; a file that was written says all.
static std::error_code write_something(const fs::path & folder) {
#ifdef _WIN32
    const fs::path file = folder / (".archivist-probe-" + std::to_string(_getpid()));
    const HANDLE handle = CreateFileW(file.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS,
                                      FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr);
    if (handle == INVALID_HANDLE_VALUE) return std::error_code(static_cast<int>(GetLastError()), std::system_category());
    DWORD written = 0;
    const bool ok = WriteFile(handle, "x", 1, &written, nullptr) && FlushFileBuffers(handle);
    const auto error = ok ? std::error_code() : std::error_code(static_cast<int>(GetLastError()), std::system_category());
    CloseHandle(handle);
    return error;
#else
    int handle = -1;
#ifdef O_TMPFILE
    // Where the file system knows files without a name, none can be left behind, whenever this is killed.
    handle = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
#endif
    if (handle < 0) {
        const fs::path file = folder / (".archivist-probe-" + std::to_string(::getpid()));
        handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (handle < 0) return std::error_code(errno, std::generic_category());
        // The name goes at once, for the same reason; file servers keep such a file until it is closed.
        ::unlink(file.c_str());
    }
    std::error_code error;
    if (::write(handle, "x", 1) != 1) error = std::error_code(errno, std::generic_category());
    // Closing sends it to a file server, and tells whether there is room. Not fsync: on a disk that is busy with a
    // large file it waits for that file, and the share would be taken for one that hangs.
    if (::close(handle) != 0 && !error) error = std::error_code(errno, std::generic_category());
    return error;
#endif
}

static std::string file_system_of(const fs::path & folder) {
    // Only for people: which path it really is.
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    return error ? std::string() : to_text(real);
}

int check(const fs::path & folder, bool try_writing) {
    const auto started = std::chrono::steady_clock::now();
    std::error_code error;
    const auto status = fs::status(folder, error);
    if (error || status.type() != fs::file_type::directory) {
        const char * name = error ? error_name(error) : (status.type() == fs::file_type::not_found ? "ENOENT" : "ENOTDIR");
        std::printf("{\"ok\":false,\"error\":\"%s\"}\n", name);
        return 0;
    }
    fs::directory_iterator entries(folder, error);
    const std::error_code reading = error;
    const fs::space_info space = fs::space(folder, error);
    const std::error_code spacing = error;
    const bool mounted = is_mount_point(folder);
    std::string real;
    quote(file_system_of(folder), real);
    std::string writing = "null";
    if (try_writing) {
        const std::error_code failed = write_something(folder);
        writing = failed ? std::string("\"") + error_name(failed) + "\"" : "\"ok\"";
    }
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
    std::printf("{\"ok\":true,\"mountPoint\":%s,\"realPath\":%s,\"readError\":%s%s%s,\"writing\":%s,",
                mounted ? "true" : "false", real.c_str(), reading ? "\"" : "", reading ? error_name(reading) : "null",
                reading ? "\"" : "", writing.c_str());
    if (spacing) std::printf("\"totalBytes\":null,\"freeBytes\":null,");
    else
        std::printf("\"totalBytes\":%" PRIuMAX ",\"freeBytes\":%" PRIuMAX ",", static_cast<uintmax_t>(space.capacity),
                    static_cast<uintmax_t>(space.available));
    std::printf("\"latencyMs\":%.2f}\n", ms);
    return 0;
}

} // namespace probe
