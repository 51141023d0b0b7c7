#include "processor.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <thread>

#include "ggml-backend.h"

#ifdef _WIN32
#include <windows.h>
#include <vector>
#elif defined(__APPLE__)
#include <sys/sysctl.h>
#elif defined(__linux__)
#include <sched.h>
#endif

namespace host {

static int logical_cores() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

int physical_cores() {
#if defined(__linux__)
    // One list of siblings per core; only processors that this process may run on count (containers, taskset).
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
        std::set<std::string> cores;
        for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
            if (!CPU_ISSET(cpu, &allowed)) continue;
            std::ifstream file("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings");
            std::string   siblings;
            cores.insert(std::getline(file, siblings) ? siblings : std::to_string(cpu));
        }
        if (!cores.empty()) return static_cast<int>(cores.size());
    }
#elif defined(__APPLE__)
    // The performance cores: the slower ones make every step wait for them.
    for (const char * name : {"hw.perflevel0.physicalcpu", "hw.physicalcpu"}) {
        int    count = 0;
        size_t size  = sizeof(count);
        if (sysctlbyname(name, &count, &size, nullptr, 0) == 0 && count > 0) return count;
    }
#elif defined(_WIN32)
    DWORD size = 0;
    GetLogicalProcessorInformationEx(RelationProcessorCore, nullptr, &size);
    std::vector<char> buffer(size);
    auto * info = reinterpret_cast<SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX *>(buffer.data());
    if (size > 0 && GetLogicalProcessorInformationEx(RelationProcessorCore, info, &size)) {
        int count = 0;
        for (DWORD offset = 0; offset < size;) {
            auto * entry = reinterpret_cast<SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX *>(buffer.data() + offset);
            ++count;
            offset += entry->Size;
        }
        if (count > 0) return count;
    }
#endif
    return logical_cores();
}

Json processor_features() {
    Json names = Json::array();
    ggml_backend_dev_t cpu = ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU);
    if (cpu == nullptr) return names;
    ggml_backend_reg_t registry = ggml_backend_dev_backend_reg(cpu);
    auto get_features = reinterpret_cast<ggml_backend_get_features_t>(
        ggml_backend_reg_get_proc_address(registry, "ggml_backend_get_features"));
    if (get_features == nullptr) return names;
    for (const ggml_backend_feature * feature = get_features(registry); feature->name != nullptr; ++feature) {
        if (std::string(feature->value) != "0") names.push_back(feature->name);
    }
    return names;
}

static bool is_gpu(ggml_backend_dev_t device) {
    const enum ggml_backend_dev_type type = ggml_backend_dev_type(device);
    return type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU;
}

bool has_gpu() {
    for (size_t i = 0; i < ggml_backend_dev_count(); ++i) {
        if (is_gpu(ggml_backend_dev_get(i))) return true;
    }
    return false;
}

Json devices() {
    Json list = Json::array();
    for (size_t i = 0; i < ggml_backend_dev_count(); ++i) {
        ggml_backend_dev_t device = ggml_backend_dev_get(i);
        list.push_back({
            {"name", ggml_backend_dev_name(device)},
            {"description", ggml_backend_dev_description(device)},
            {"kind", is_gpu(device) ? "gpu" : "cpu"},
        });
    }
    return list;
}

} // namespace host
