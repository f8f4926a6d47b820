// SPDX-License-Identifier: GPL-2.0-or-later
// The ring reader on rings that are sound, and on rings that are not: it stays
// inside, it ends, and what it read and what it missed add up to the head. From
// a sound ring it has every record, in order, and misses exactly what was
// overwritten.
#include "ring/ring_reader.hpp"

#include "fuzz.hpp"
#include "image.hpp"

#include <optional>

using namespace mp3prof;
using namespace mp3prof::fuzz;

namespace
{

class Session
{
public:
    explicit Session(Input& input) : input_(input), image_(input) {}

    void run()
    {
        while (!input_.empty()) {
            switch (input_.below(8)) {
            case 0:
                image_.corrupt(input_);
                sound_ = false;
                break;
            case 1:
                image_.header().head = input_.number();
                sound_ = false;
                break;
            case 2:
                open();
                break;
            case 3:
            case 4:
                read();
                break;
            default:
                publish(1 + input_.below(2 * image_.capacity()));
            }
        }
        read();
    }

private:
    void publish(std::uint64_t count)
    {
        for (std::uint64_t i = 0; i < count; ++i) {
            mp3_record record = record_from(input_);
            record.min_flt = image_.head();
            image_.publish(record);
        }
    }

    void open()
    {
        // Sometimes a mapping that is too short.
        const std::span<const std::byte> all = image_.bytes();
        Result<RingReader> reader =
            RingReader::open(all.first(all.size() - (input_.flag() ? 0 : 8 * input_.below(9))));
        FUZZ_CHECK(reader || !reader.error().message.empty());
        reader_ = reader ? std::optional(*reader) : std::nullopt;
        if (reader_) {
            const std::uint64_t head = reader_->head();
            next_ = head - std::min(head, reader_->info().capacity - 1);
        }
    }

    void read()
    {
        if (!reader_) {
            return;
        }
        const std::uint64_t head = reader_->head();
        const Result<RingReader::Read> result = reader_->read();
        FUZZ_CHECK(result.has_value() == (head >= next_));
        if (!result) {
            return;
        }
        FUZZ_CHECK(result->samples.size() < reader_->info().capacity);
        FUZZ_CHECK(next_ + result->samples.size() + result->missed == head);
        if (sound_) {
            check_all_there(*result, head);
        }
        next_ = head;
        static_cast<void>(reader_->figures());
    }

    void check_all_there(const RingReader::Read& result, std::uint64_t head) const
    {
        const std::uint64_t oldest = head - std::min(head, image_.capacity() - 1);
        std::uint64_t wanted = std::max(next_, oldest);
        FUZZ_CHECK(result.missed == wanted - next_);
        for (const Sample& sample : result.samples) {
            FUZZ_CHECK(sample.minor_faults == wanted++);
            FUZZ_CHECK(std::string_view(sample.comm).size() <= MP3_COMM_LEN);
        }
        FUZZ_CHECK(wanted == head);
    }

    Input& input_;
    Image image_;
    std::optional<RingReader> reader_;
    std::uint64_t next_ = 0;
    bool sound_ = true;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    Session(input).run();
    return 0;
}
