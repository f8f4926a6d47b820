// SPDX-License-Identifier: GPL-2.0-or-later
// From a ring that may be damaged to printed intervals, the way `monitor` goes:
// no figure in it, however wild, is worse than a wrong figure in a row.
#include "commands/interval_series.hpp"
#include "fuzz.hpp"
#include "image.hpp"
#include "ring/ring_reader.hpp"

#include <sstream>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

class Collector : public Sink
{
public:
    std::ostream& stream() override { return text_; }
    Result<bool> flush() override
    {
        FUZZ_CHECK(is_harmless(text_.str()));
        text_.str({});
        return true;
    }

private:
    std::ostringstream text_;
};

Result<Batch> batch_of(RingReader& reader, nanoseconds now)
{
    Batch batch;
    batch.figures = reader.figures();
    TRY_ASSIGN(const RingReader::Read read, reader.read());
    batch.samples = read.samples;
    batch.missed = read.missed;
    batch.published = reader.head();
    batch.now = now;
    return batch;
}

// Publishes records and figures of the input, sound or not.
void produce(Input& input, Image& image)
{
    for (std::uint64_t i = input.below(4); i > 0; --i) {
        image.publish(record_from(input));
    }
    mp3_figures& figures = image.header().figures;
    figures.tick += input.below(3);
    figures.last_tick_ns = input.number(input.below(9));
    figures.interval_ns = input.number(input.below(9));
    figures.tasks = static_cast<__u32>(input.below(3));
    if (input.below(8) == 0) {
        image.corrupt(input);
    }
}

Status watch(Input& input, Image& image)
{
    const nanoseconds interval(1 + static_cast<std::int64_t>(input.number(6)));
    const auto format = static_cast<Format>(input.below(4));
    const auto formatter = make_formatter(format, {.total_only = input.flag(), .lines = 3});
    Collector sink;
    IntervalSeries series(interval, *formatter, sink,
                          [] { return std::chrono::seconds(1'795'449'120); });
    nanoseconds now = time_from_uapi(input.number(6));
    TRY_ASSIGN(RingReader reader, RingReader::open(image.bytes()));
    TRY_ASSIGN(const Batch past, batch_of(reader, now));
    for (const Sample& sample : past.samples) {
        series.prime(sample);
    }
    TRY(series.begin(past));
    Batch batch = past;
    while (!input.empty()) {
        produce(input, image);
        now += nanoseconds(static_cast<std::int64_t>(input.number(5)));
        TRY_ASSIGN(batch, batch_of(reader, now));
        for (const Sample& sample : batch.samples) {
            series.add(sample);
        }
        TRY(series.advance(batch));
        static_cast<void>(series.deadline());
    }
    TRY(series.finish(batch));
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    Image image(input);
    produce(input, image);
    const Status status = watch(input, image);
    FUZZ_CHECK(status || !status.error().message.empty());
    return 0;
}
