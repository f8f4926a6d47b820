// SPDX-License-Identifier: GPL-2.0-or-later
// Runs a target on files, where there is no libFuzzer: FILE_OR_FOLDER...
#include "fuzz.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

namespace fs = std::filesystem;

namespace
{

void run(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    FUZZ_CHECK(file);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    // To the byte, so that the sanitizer sees who reads beyond.
    const auto input = std::make_unique<std::uint8_t[]>(text.size());
    std::copy(text.begin(), text.end(), input.get());
    std::fprintf(stderr, "%s\n", path.c_str());
    LLVMFuzzerTestOneInput(input.get(), text.size());
}

} // namespace

int main(int argc, char** argv)
{
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        if (!fs::is_directory(argv[i])) {
            run(argv[i]);
            ++files;
            continue;
        }
        for (const fs::directory_entry& entry : fs::directory_iterator(argv[i])) {
            run(entry.path());
            ++files;
        }
    }
    std::printf("%d inputs\n", files);
    return files > 0 ? 0 : 1;
}
