#include "parakeet_file.hpp"

#include <filesystem>
#include <map>
#include <set>

namespace host {

namespace {

constexpr uint32_t ggml_magic = 0x67676d6c;

// Places of the header's values, the magic first (whisper.cpp's src/parakeet.cpp, parakeet_model_load).
enum Field : size_t {
    vocabulary = 1,
    audio_context,
    audio_state,
    audio_heads,
    audio_layers,
    mel_bands,
    weight_type,
    fft_size,
    subsampling,
    subsampling_channels,
    convolution_kernel,
    prediction_state,
    prediction_layers,
    duration_count,
    tokens_per_frame,
};

struct Limit {
    Field   field;
    int32_t least;
    int32_t most;
};

// What sizes an allocation or a loop. The published models have 1,024 or 8,192 tokens, 24 to 42 layers of 1,024, 80 or
// 128 bands, two layers of 640 for the prediction. The graph subsamples three times by two, whatever the header says,
// and has room for two layers of prediction.
constexpr Limit limits[] = {
    {vocabulary, 4, 32'768},     {audio_context, 1, 1'000'000},   {audio_state, 8, 4'096},
    {audio_heads, 1, 64},        {audio_layers, 1, 48},           {mel_bands, 8, 256},
    {fft_size, 32, 4'096},       {subsampling, 8, 8},             {subsampling_channels, 1, 2'048},
    {convolution_kernel, 1, 63}, {prediction_state, 1, 4'096},    {prediction_layers, 1, 2},
    {duration_count, 1, 16},     {tokens_per_frame, 1, 100},
};

// Values in a block of each type that weights come in, by the number of ggml_ftype.
const std::map<int32_t, int32_t> & weight_blocks() {
    static const std::map<int32_t, int32_t> blocks = {
        {GGML_FTYPE_ALL_F32, 1},      {GGML_FTYPE_MOSTLY_F16, 1},   {GGML_FTYPE_MOSTLY_Q4_0, 32},
        {GGML_FTYPE_MOSTLY_Q4_1, 32}, {GGML_FTYPE_MOSTLY_Q8_0, 32}, {GGML_FTYPE_MOSTLY_Q5_0, 32},
        {GGML_FTYPE_MOSTLY_Q5_1, 32}, {GGML_FTYPE_MOSTLY_Q2_K, 256}, {GGML_FTYPE_MOSTLY_Q3_K, 256},
        {GGML_FTYPE_MOSTLY_Q4_K, 256}, {GGML_FTYPE_MOSTLY_Q5_K, 256}, {GGML_FTYPE_MOSTLY_Q6_K, 256},
    };
    return blocks;
}

const std::set<int32_t> & tensor_types() {
    static const std::set<int32_t> types = {
        GGML_TYPE_F32,  GGML_TYPE_F16,  GGML_TYPE_Q4_0, GGML_TYPE_Q4_1, GGML_TYPE_Q5_0, GGML_TYPE_Q5_1, GGML_TYPE_Q8_0,
        GGML_TYPE_Q2_K, GGML_TYPE_Q3_K, GGML_TYPE_Q4_K, GGML_TYPE_Q5_K, GGML_TYPE_Q6_K, GGML_TYPE_I32,
    };
    return types;
}

// Of a network: what stands before its layers, in each layer of the encoder, and around the prediction.
constexpr size_t tensors_before = 12, tensors_per_layer = 29, tensors_per_prediction = 3, tensors_around = 7;

// The loader keeps the number of a tensor's values in 32 bits.
constexpr int64_t most_values = INT32_MAX;
constexpr int32_t longest_token = 256, longest_name = 256;
// A duration is in frames of 80 ms; the published models know 0 to 4.
constexpr uint32_t longest_duration = 64;

template <size_t count>
bool read_header(std::ifstream & file, std::array<int32_t, count> & header) {
    file.read(reinterpret_cast<char *>(header.data()), sizeof(header));
    return file.gcount() == static_cast<std::streamsize>(sizeof(header));
}

// Whisper's vocabularies have more than 50,000 tokens.
template <size_t count> bool looks_like_parakeet(const std::array<int32_t, count> & header) {
    return static_cast<uint32_t>(header[0]) == ggml_magic && header[vocabulary] > 0 && header[vocabulary] < 50'000 &&
           header[subsampling] == 8;
}

} // namespace

bool has_parakeet_header(const std::string & utf8_path) {
    const auto      path = std::filesystem::u8path(utf8_path);
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return false;
    std::ifstream           file(path, std::ios::binary);
    std::array<int32_t, 16> header{};
    return file && read_header(file, header) && looks_like_parakeet(header);
}

ParakeetFile::ParakeetFile(const std::string & utf8_path) : path_(utf8_path) {
    const auto      path = std::filesystem::u8path(utf8_path);
    std::error_code failed;
    file_.open(path, std::ios::binary);
    if (!file_) throw Failure{code::model_missing, "cannot open " + utf8_path};
    size_ = std::filesystem::file_size(path, failed);
    if (failed) throw Failure{code::model_missing, "cannot read " + utf8_path};
    check_header();
    check_filters();
    check_durations();
    check_vocabulary();
    check_tensors();
}

void ParakeetFile::refuse(const char * why) const {
    throw Failure{code::model_invalid, "not a Parakeet model (" + std::string(why) + "): " + path_};
}

void ParakeetFile::skip(uint64_t bytes) {
    if (bytes > size_ - at_) throw Failure{code::model_truncated, "the file ends too early: " + path_};
    at_ += bytes;
    file_.seekg(static_cast<std::streamoff>(at_));
}

void ParakeetFile::read(void * output, size_t bytes) {
    file_.read(static_cast<char *>(output), static_cast<std::streamsize>(bytes));
    if (file_.gcount() != static_cast<std::streamsize>(bytes)) {
        throw Failure{code::model_truncated, "the file ends too early: " + path_};
    }
    at_ += bytes;
}

int32_t ParakeetFile::next_int() {
    int32_t value = 0;
    read(&value, sizeof(value));
    return value;
}

void ParakeetFile::check_header() {
    for (int32_t & value : header_) value = next_int();
    if (!looks_like_parakeet(header_)) refuse("its head is another one");
    for (const Limit & limit : limits) {
        if (header_[limit.field] < limit.least || header_[limit.field] > limit.most) refuse("its head makes no sense");
    }
    const auto type = weight_blocks().find(header_[weight_type] % GGML_QNT_VERSION_FACTOR);
    if (header_[weight_type] < 0 || type == weight_blocks().end()) refuse("its weights are of an unknown kind");
    const int32_t features = header_[mel_bands] / 8 * header_[subsampling_channels];
    const bool    divides  = header_[mel_bands] % 8 == 0 && header_[audio_state] % 2 == 0 &&
                         header_[audio_state] % header_[audio_heads] == 0 && header_[convolution_kernel] % 2 == 1 &&
                         (header_[fft_size] & (header_[fft_size] - 1)) == 0 &&
                         header_[audio_state] % type->second == 0 && features % type->second == 0;
    if (!divides) refuse("the sizes in its head do not fit one another");
}

void ParakeetFile::check_filters() {
    const int32_t bands = next_int();
    const int32_t bins  = next_int();
    if (bands != header_[mel_bands] || bins != header_[fft_size] / 2 + 1) refuse("its filters are of another size");
    skip(uint64_t(bands) * uint64_t(bins) * sizeof(float));
    const int32_t window = next_int();
    if (window < 1 || window > header_[fft_size]) refuse("its window is of another size");
    skip(uint64_t(window) * sizeof(float));
}

void ParakeetFile::check_durations() {
    for (int32_t i = 0; i < header_[duration_count]; ++i) {
        if (static_cast<uint32_t>(next_int()) > longest_duration) refuse("its durations make no sense");
    }
}

void ParakeetFile::check_vocabulary() {
    if (next_int() != header_[vocabulary]) refuse("its list of words is not as long as its vocabulary");
    for (int32_t i = 0; i < header_[vocabulary]; ++i) {
        const int32_t length = next_int();
        if (length < 0 || length > longest_token) refuse("its list of words makes no sense");
        skip(uint64_t(length));
    }
}

std::string ParakeetFile::check_tensor() {
    const int32_t dimensions = next_int();
    const int32_t length     = next_int();
    const int32_t type       = next_int();
    if (dimensions < 1 || dimensions > 4 || length < 1 || length > longest_name || tensor_types().count(type) == 0) {
        refuse("there is something in it that is no part of a model");
    }
    int64_t values = 1;
    for (int32_t i = 0; i < dimensions; ++i) {
        const int32_t side = next_int();
        if (side < 1 || (values *= side) > most_values) refuse("a part of it is of an impossible size");
    }
    std::string name(static_cast<size_t>(length), '\0');
    read(name.data(), name.size());
    const auto    kind  = static_cast<ggml_type>(type);
    const int64_t block = ggml_blck_size(kind);
    if (values % block != 0) refuse("a part of it is of an impossible size");
    skip(uint64_t(values / block) * ggml_type_size(kind));
    return name;
}

void ParakeetFile::check_tensors() {
    const size_t wanted = tensors_before + tensors_per_layer * size_t(header_[audio_layers]) +
                          tensors_per_prediction * size_t(header_[prediction_layers]) + tensors_around;
    // The loader refuses names and shapes that it does not know. One that came twice in place of another would leave
    // that other one as it happened to be in memory.
    std::set<std::string> names;
    while (at_ < size_) {
        if (!names.insert(check_tensor()).second) refuse("a part of it comes twice");
        if (names.size() > wanted) refuse("it has more parts than a model");
    }
    if (names.size() < wanted) throw Failure{code::model_truncated, "the file ends too early: " + path_};
}

parakeet_model_loader ParakeetFile::loader() {
    file_.clear();
    file_.seekg(0);
    parakeet_model_loader loader{};
    loader.context = this;
    loader.read    = [](void * context, void * output, size_t wanted) {
        ParakeetFile & self = *static_cast<ParakeetFile *>(context);
        self.file_.read(static_cast<char *>(output), static_cast<std::streamsize>(wanted));
        const size_t got = static_cast<size_t>(self.file_.gcount());
        // Nothing at all is the normal end, met when the loader looks for one more tensor.
        if (got != 0 && got < wanted) self.cut_short_ = true;
        return got;
    };
    loader.eof   = [](void * context) { return static_cast<ParakeetFile *>(context)->file_.eof(); };
    loader.close = [](void *) {};
    return loader;
}

} // namespace host
