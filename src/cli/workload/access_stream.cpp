// SPDX-License-Identifier: GPL-2.0-or-later
#include "workload/access_stream.hpp"

#include "workload/zipf.hpp"

#include <algorithm>
#include <random>

namespace mp3prof
{

namespace
{

__extension__ using Wide = unsigned __int128;

class Dice
{
public:
    explicit Dice(const StreamPlace& place)
        : random_(place.seed ^ (place.thread * 0x9e37'79b9'7f4a'7c15ULL))
    {
    }

    // std::uniform_int_distribution differs between libraries.
    [[nodiscard]] std::uint64_t below(std::uint64_t limit)
    {
        return static_cast<std::uint64_t>(Wide{random_()} * limit >> 64);
    }

    // From 0 to below 1.
    [[nodiscard]] double fraction() { return static_cast<double>(random_() >> 11) * 0x1p-53; }

private:
    std::mt19937_64 random_;
};

class RandomStream : public AccessStream
{
public:
    explicit RandomStream(const StreamPlace& place) : dice_(place), size_(place.size) {}
    std::optional<std::uint64_t> next() override { return dice_.below(size_); }

private:
    Dice dice_;
    std::uint64_t size_;
};

class LocalStream : public AccessStream
{
public:
    explicit LocalStream(const StreamPlace& place) : dice_(place), size_(place.size) {}

    std::optional<std::uint64_t> next() override
    {
        constexpr std::uint64_t reach = 300;
        constexpr unsigned turns = 5;
        const bool jump = turn_ == 0;
        turn_ = (turn_ + 1) % turns;
        last_ = jump ? dice_.below(size_) : (last_ + dice_.below(reach)) % size_;
        return last_;
    }

private:
    Dice dice_;
    std::uint64_t size_;
    std::uint64_t last_ = 0;
    unsigned turn_ = 0;
};

class StrideStream : public AccessStream
{
public:
    StrideStream(const StreamPlace& place, std::uint64_t stride)
        : stride_(stride), places_((place.size + stride - 1) / stride),
          next_(static_cast<std::uint64_t>(Wide{places_} * place.thread / place.threads))
    {
    }

    std::optional<std::uint64_t> next() override
    {
        const std::uint64_t at = next_ * stride_;
        next_ = (next_ + 1) % places_;
        return at;
    }

private:
    std::uint64_t stride_;
    std::uint64_t places_;
    std::uint64_t next_;
};

class WindowStream : public AccessStream
{
public:
    WindowStream(const StreamPlace& place, std::uint64_t window)
        : dice_(place), size_(place.size), window_(window)
    {
    }

    void begin_iteration() override
    {
        begin_ = begun_ && begin_ + window_ < size_ ? begin_ + window_ : 0;
        begun_ = true;
    }

    std::optional<std::uint64_t> next() override
    {
        return begin_ + dice_.below(std::min(window_, size_ - begin_));
    }

private:
    Dice dice_;
    std::uint64_t size_;
    std::uint64_t window_;
    std::uint64_t begin_ = 0;
    bool begun_ = false;
};

class ZipfStream : public AccessStream
{
public:
    ZipfStream(const StreamPlace& place, double exponent)
        : dice_(place), page_(place.page), zipf_(pages(place), exponent), scatter_(pages(place))
    {
    }

    std::optional<std::uint64_t> next() override
    {
        return scatter_.page(zipf_.rank([this] { return dice_.fraction(); })) * page_;
    }

private:
    static std::uint64_t pages(const StreamPlace& place)
    {
        return (place.size + place.page - 1) / place.page;
    }

    Dice dice_;
    std::uint64_t page_;
    Zipf zipf_;
    Scatter scatter_;
};

class ExerciseStream : public AccessStream
{
public:
    ExerciseStream(Walk walk, std::uint64_t size, std::uint64_t seed)
        : local_(walk == Walk::local), size_(size), state_(std::make_unique<State>())
    {
        // With 128 bytes of state, the generator that rand() uses.
        ::initstate_r(static_cast<unsigned>(seed), state_->bytes, sizeof(state_->bytes),
                      &state_->generator);
    }

    std::optional<std::uint64_t> next() override
    {
        if (local_ && draw() % 10 >= 2) {
            static_cast<void>(draw());
            static_cast<void>(draw());
            return std::nullopt;
        }
        return draw() % size_;
    }

private:
    // The generator points into its bytes: both stay where they are.
    struct State {
        random_data generator{};
        char bytes[128]{};
    };

    std::uint64_t draw()
    {
        std::int32_t number = 0;
        ::random_r(&state_->generator, &number);
        return static_cast<std::uint64_t>(number);
    }

    bool local_;
    std::uint64_t size_;
    std::unique_ptr<State> state_;
};

} // namespace

std::unique_ptr<AccessStream> make_stream(const Pattern& pattern, const StreamPlace& place)
{
    switch (pattern.walk) {
    case Walk::local:
        return std::make_unique<LocalStream>(place);
    case Walk::seq:
        return std::make_unique<StrideStream>(place, place.page);
    case Walk::stride:
        return std::make_unique<StrideStream>(place, pattern.bytes);
    case Walk::window:
        return std::make_unique<WindowStream>(place, pattern.bytes);
    case Walk::zipf:
        return std::make_unique<ZipfStream>(place, pattern.exponent);
    case Walk::random:
        break;
    }
    return std::make_unique<RandomStream>(place);
}

std::unique_ptr<AccessStream> make_exercise_stream(Walk walk, std::uint64_t size,
                                                   std::uint64_t seed)
{
    return std::make_unique<ExerciseStream>(walk, size, seed);
}

} // namespace mp3prof
