// SPDX-License-Identifier: GPL-2.0-or-later
// The exercise's output: an error has words, and what was read becomes entries in
// the order of time whose sums are those of the slots.
#include "recording/classic_slots.hpp"

#include "fuzz.hpp"

using namespace mp3prof;
using namespace mp3prof::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<ClassicOutput> output = parse_classic(text);
    if (!output) {
        FUZZ_CHECK(!output.error().message.empty());
        return 0;
    }
    FUZZ_CHECK(!output->slots.empty());
    const ClassicUnits units = guess_units(output->slots);
    std::uint64_t minor_faults = 0;
    for (const ClassicSlot& slot : output->slots) {
        minor_faults += slot.minor_faults;
    }
    nanoseconds time{};
    Sample last;
    for (const RecordingEntry& entry : classic_entries(output->slots, units)) {
        if (const auto* sample = std::get_if<Sample>(&entry)) {
            FUZZ_CHECK(sample->time >= time && sample->start <= sample->time);
            time = sample->time;
            last = *sample;
        }
    }
    FUZZ_CHECK(last.minor_faults == minor_faults && last.stage.final);
    return 0;
}
