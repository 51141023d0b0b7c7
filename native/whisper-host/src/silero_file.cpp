#include "silero_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>

#include "ggml.h"
#include "model_file.hpp"

namespace host {

namespace {

constexpr int channels_width = 3;

// A file that claims to be anything else must not size a buffer.
struct Wanted {
    std::vector<float> * values;
    size_t               count;
};

class Reader {
  public:
    Reader(ModelFile & file, const std::string & path) : loader_(file.loader()), path_(path) {}

    void read(void * output, size_t bytes) {
        if (loader_.read(loader_.context, output, bytes) != bytes) {
            throw Failure{code::model_truncated, "the file ends too early: " + path_};
        }
    }

    int32_t number() {
        int32_t value = 0;
        read(&value, sizeof(value));
        return value;
    }

    [[noreturn]] void refuse() const { throw Failure{code::model_invalid, "not a Silero network: " + path_}; }

  private:
    whisper_model_loader loader_;
    const std::string &  path_;
};

void read_header(Reader & reader) {
    constexpr char kind[] = "silero-16k";
    constexpr int  length = sizeof(kind) - 1;
    // The file's magic has been looked at.
    reader.number();
    if (reader.number() != length) reader.refuse();
    char found[length];
    reader.read(found, length);
    if (std::memcmp(found, kind, length) != 0) reader.refuse();
    // Its makers' version: three numbers, which change nothing.
    for (int i = 0; i < 3; ++i) reader.number();
    const int32_t expected[] = {512, 64, 4, 129, 128, 3, 128, 64, 3, 64, 64, 3, 64, 128, 3, 128, 128, 128, 1};
    for (const int32_t value : expected) {
        if (reader.number() != value) reader.refuse();
    }
}

std::map<std::string, Wanted> list_tensors(SileroWeights & weights) {
    std::map<std::string, Wanted> all;
    const auto add = [&](const std::string & name, std::vector<float> & values, size_t count) {
        all["_model." + name] = {&values, count};
    };
    for (int i = 0; i < 4; ++i) {
        const std::string name = "encoder." + std::to_string(i) + ".reparam_conv.";
        const size_t      out  = static_cast<size_t>(silero_channels[i][1]);
        add(name + "weight", weights.encoders[i].weights, out * silero_channels[i][0] * channels_width);
        add(name + "bias", weights.encoders[i].bias, out);
    }
    add("decoder.rnn.weight_ih", weights.sound.weights, 4 * silero_hidden * silero_hidden);
    add("decoder.rnn.bias_ih", weights.sound.bias, 4 * silero_hidden);
    add("decoder.rnn.weight_hh", weights.memory.weights, 4 * silero_hidden * silero_hidden);
    add("decoder.rnn.bias_hh", weights.memory.bias, 4 * silero_hidden);
    add("decoder.decoder.2.weight", weights.last.weights, silero_hidden);
    add("decoder.decoder.2.bias", weights.last.bias, 1);
    add("stft.forward_basis_buffer", weights.transform, 258 * silero_frame);
    return all;
}

void read_tensor(Reader & reader, std::map<std::string, Wanted> & wanted) {
    const int32_t dimensions = reader.number();
    const int32_t length     = reader.number();
    const int32_t type       = reader.number();
    if (dimensions < 0 || dimensions > 4 || length < 1 || length > 64 || type < 0 || type > 1) reader.refuse();
    uint64_t count = 1;
    for (int32_t i = 0; i < dimensions; ++i) {
        const int32_t size = reader.number();
        if (size < 1 || size > 4096) reader.refuse();
        count *= static_cast<uint64_t>(size);
    }
    std::string name(static_cast<size_t>(length), '\0');
    reader.read(&name[0], name.size());
    const auto found = wanted.find(name);
    if (found == wanted.end() || found->second.count != count) reader.refuse();
    std::vector<float> & values = *found->second.values;
    values.resize(count);
    if (type == 0) {
        reader.read(values.data(), count * sizeof(float));
    } else {
        std::vector<ggml_fp16_t> halves(count);
        reader.read(halves.data(), count * sizeof(ggml_fp16_t));
        ggml_fp16_to_fp32_row(halves.data(), values.data(), static_cast<int64_t>(count));
    }
    wanted.erase(found);
}

} // namespace

SileroWeights read_silero_file(const std::string & utf8_path) {
    ModelFile     file(utf8_path);
    Reader        reader(file, utf8_path);
    SileroWeights weights;
    read_header(reader);
    std::map<std::string, Wanted> wanted = list_tensors(weights);
    while (!wanted.empty()) read_tensor(reader, wanted);
    return weights;
}

} // namespace host
