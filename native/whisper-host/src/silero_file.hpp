// Reads a Silero network's weights from a file in whisper.cpp's layout.
#pragma once

#include <string>
#include <vector>

namespace host {

// Weights as the file has them: the slowest dimension is the output's channel.
struct SileroWeights {
    struct Layer {
        std::vector<float> weights;
        std::vector<float> bias;
    };
    // [258][256]: the real parts of a transform, then its imaginary parts.
    std::vector<float> transform;
    // [out][in][3]
    Layer encoders[4];
    // [4 × 128][128] of the sound and of what is remembered; gates in the order input, forget, cell, output.
    Layer sound;
    Layer memory;
    // [128]
    Layer last;
};

// Channels of the encoders: in, out.
constexpr int silero_channels[4][2] = {{129, 128}, {128, 64}, {64, 64}, {64, 128}};
constexpr int silero_hidden         = 128;
constexpr int silero_frame          = 256;

// Throws Failure with model-missing, model-invalid or model-truncated.
SileroWeights read_silero_file(const std::string & utf8_path);

} // namespace host
